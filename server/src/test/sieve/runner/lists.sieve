require ["fileinto", "mailbox"];
if exists "List-Id" { fileinto :create "Lists"; }
