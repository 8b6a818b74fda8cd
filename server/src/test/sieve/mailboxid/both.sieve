require ["mailboxid", "special-use", "fileinto"];
fileinto :mailboxid "M1" :specialuse "\\Junk" "x";
