require ["mboxmetadata", "servermetadata"];
if metadata "INBOX" "/private/a" { keep; }
if metadataexists "INBOX" { keep; }
if servermetadata 4 "x" { keep; }
if servermetadataexists { keep; }
