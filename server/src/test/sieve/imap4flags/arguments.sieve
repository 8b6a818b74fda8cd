require "imap4flags";
setflag;
addflag 3;
keep :flags 4;
