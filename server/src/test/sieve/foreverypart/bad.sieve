require "foreverypart";
break;
foreverypart :name "a" { break :name "nix"; }
foreverypart;
foreverypart :name 1 { stop; }
