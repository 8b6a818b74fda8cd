require ["include", "variables"];
global "who";
include "setter";
redirect "${who}";
