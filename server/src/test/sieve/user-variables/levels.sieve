require ["vnd.palomar.user-variables", "variables"];
set "user.a.b" "x";
