require ["editheader", "variables"];
set "n" "X-Bad: ";
addheader "${n}" "value";
