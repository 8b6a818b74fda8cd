require ["regex", "variables"];
set "x" "(oops";
if header :regex "subject" "${x}" { stop; }
