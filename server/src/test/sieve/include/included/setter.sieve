require ["include", "variables"];
global "who";
set "who" "b@example.com";
