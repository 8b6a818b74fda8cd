require ["index", "date"];
if header :last "subject" "x" { stop; }
if address :last "from" "x" { stop; }
if date :last "date" "year" "x" { stop; }
if header :index 0 "subject" "x" { stop; }
if header :index "1" "subject" "x" { stop; }
