require ["include", "variables"];
global "result";
set "result" "before";
if true { return; }
set "result" "after";
