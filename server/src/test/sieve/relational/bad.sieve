require "relational";
if header :value "xx" "a" "b" { keep; }
if header :count 5 "a" "b" { keep; }
