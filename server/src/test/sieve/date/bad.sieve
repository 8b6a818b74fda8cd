require "date";
if date "date" "century" "20" { stop; }
if date :zone "GMT" "date" "year" "20" { stop; }
if date :zone "+0000" :originalzone "date" "year" "20" { stop; }
if currentdate :originalzone "year" "20" { stop; }
if date ["date", "received"] "year" "20" { stop; }
if date :zone "+2400" "date" "year" "20" { stop; }
if currentdate "year" { stop; }
