require "vnd.dovecot.testsuite";
if test_message 0 { keep; }
if test_message :smtp :folder "x" 0 { keep; }
test_set "frop" "x";
if true { test "x" { keep; } }
test "y";
