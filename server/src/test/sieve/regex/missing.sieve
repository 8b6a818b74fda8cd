if header :regex "subject" "a" { stop; }
