require "imap4flags";
setflag "x" "a";
if hasflag ["x"] "a" { keep; }
