require "vnd.dovecot.testsuite";
keep;
test_fail "frop";
discard;
