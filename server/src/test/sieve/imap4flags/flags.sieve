require ["imap4flags", "variables"];
if hasflag "b" { addflag "seen-b"; }
