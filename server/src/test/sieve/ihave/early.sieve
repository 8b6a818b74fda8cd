require "ihave";
if allof (header "x-none" "y", ihave "fileinto") { keep; }
fileinto "a";
