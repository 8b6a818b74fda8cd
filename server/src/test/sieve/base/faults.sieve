require "fileinto";

if header :foo :bar "a" "b" { keep; }
if header 1 "b" { keep; }
if header "a" { keep; }
if address "from" :is "x" { keep; }
header "a" "b";
if keep { stop; }
if header "a" "b" true { keep; }
fileinto "a" true;
if address ["from", "subject"] "b" { keep; }
if address matches "from" "b" { keep; }
fileinto "a"
keep;
frobnicate;
frobnicate "x";
