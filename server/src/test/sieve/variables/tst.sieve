require ["variables", "vnd.dovecot.testsuite"];
set "tst.x" "y";
keep;
set "a" "${tst.a.b}";
set "b" "${tst.1}";
