require "relational";
if header :value "frop" "a" "b" { keep; }
if header :is :value "eq" "a" "b" { keep; }
if header :count 1 "a" "b" { keep; }
