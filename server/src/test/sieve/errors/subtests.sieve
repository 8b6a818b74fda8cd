require "fileinto";
if header "a" "b" exists "c" { keep; }
fileinto "x" true;
