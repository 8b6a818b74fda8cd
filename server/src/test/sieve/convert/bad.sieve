require "convert";
convert "html" "text/plain" "charset=utf-8";
if convert "text/html" "text/" "charset=utf-8" { stop; }
convert "text/html" "text/plain" "charset";
convert "text/html" "text/plain";
