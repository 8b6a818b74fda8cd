if header 13 "b" { keep; }
if size :over "1" { keep; }
redirect ["a@b.c"];
