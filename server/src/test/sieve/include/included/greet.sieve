require ["include", "variables"];
global ["shared", "result"];
set "local" "greeted ${shared}";
set "result" "${local}";
