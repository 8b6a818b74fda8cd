require ["vnd.dovecot.testsuite", "variables"];
if string "${x}" "mine" { test_fail "seen"; }
set "x" "other";
