require ["editheader", "variables"];
set "a" "0123456789 0123456789 0123456789 0123456789 0123456789 ";
set "a" "${a}${a}${a}${a}";
set "a" "${a}${a}${a}${a}${a}";
addheader "X-Large" "${a}";
