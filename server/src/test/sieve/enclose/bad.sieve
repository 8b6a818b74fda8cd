require "enclose";
enclose :subject "x";
enclose :text "x";
enclose :headers 1 "x";
