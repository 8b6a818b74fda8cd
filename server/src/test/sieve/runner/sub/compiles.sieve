require "vnd.dovecot.testsuite";
if not test_script_compile "fails.sieve" { test_fail "not found"; }
