require ["include", "variables"];
global "result";
set "result" "global greeting";
