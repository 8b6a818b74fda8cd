require ["fileinto"];
fileinto :mailboxid "M1" "x";
