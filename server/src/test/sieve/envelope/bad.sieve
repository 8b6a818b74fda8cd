require "envelope";
if envelope ["to", "frop", "frip"] "x" { keep; }
if envelope :domain "auth" "x" { keep; }
