header "a" "b";
if discard { keep; }
