require "duplicate";
if duplicate :header "a" :uniqueid "b" { keep; }
if duplicate :seconds "a" { keep; }
if duplicate :header "a b" { keep; }
if duplicate "frop" { keep; }
if duplicate :value "x" { keep; }
