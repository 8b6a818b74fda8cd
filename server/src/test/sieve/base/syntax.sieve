if header ["a" "b"] "c" { keep; }
if true { stop }
keep % ;
if true { discard; }
