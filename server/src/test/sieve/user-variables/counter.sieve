require ["vnd.palomar.user-variables", "variables"];
set "user.seen" "${user.seen}x";
