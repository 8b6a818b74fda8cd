require "vnd.dovecot.testsuite";
keep;
