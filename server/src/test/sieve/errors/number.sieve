if header "b" { keep; }
redirect "a@b.c" "d@e.f";
if exists { keep; }
