require ["date", "variables"];
set "zone" "Nowhere";
if currentdate :zone "${zone}" "year" "20" { stop; }
