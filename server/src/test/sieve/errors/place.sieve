else { keep; }
require "fileinto";
keep { stop; }
redirect "frop";
