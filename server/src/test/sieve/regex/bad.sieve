require ["regex", "comparator-i;ascii-numeric"];
if header :regex "subject" "(" { stop; }
if header :regex "subject" "a)" { stop; }
if header :regex "subject" "[a" { stop; }
if header :regex "subject" "*a" { stop; }
if header :regex "subject" "a{x}" { stop; }
if header :regex "subject" "a{3,1}" { stop; }
if header :regex "subject" "[[:nix:]]" { stop; }
if header :regex "subject" "[z-a]" { stop; }
if header :regex "subject" "(a)\\1" { stop; }
if header :regex "subject" "a\\" { stop; }
if header :regex :comparator "i;ascii-numeric" "subject" "a" { stop; }
