require "imap4flags";
if allof (hasflag "\\Seen", hasflag "\\Flagged", not hasflag "old") { discard; }
