require ["frop"];
fropcommand "x";
if froptest { inner; }
if header :comparator "i;frop" "a" "b" { keep; }
fileinto "x";
