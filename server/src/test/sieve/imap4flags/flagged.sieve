require "imap4flags";
addflag "chain";
