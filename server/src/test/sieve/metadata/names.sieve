require ["mboxmetadata", "servermetadata"];
if anyof (metadataexists "INBOX" "frop", servermetadataexists "/other/x", metadata :matches "INBOX" "/private//x" "*") { discard; }
