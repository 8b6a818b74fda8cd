require ["fileinto", "envelope", "relational", "comparator-i;ascii-numeric", "subaddress"];

# Fifty rules as people have them: bench/sieve.sh measures how fast they are evaluated.

if header :contains "list-id" "<chess0.lists.example>" { fileinto "Lists.chess0"; stop; }
if address :is "from" ["knitting1@work.example", "boss1@work.example"] { fileinto "Flagged"; }
if header :matches "subject" "[sailing2] *" { fileinto "Tags.sailing2"; stop; }
if allof (address :domain "from" "linux3.example", not header :contains "precedence" "bulk") { fileinto "Senders.linux3"; stop; }
if envelope :detail "to" "java4" { fileinto "java4"; stop; }
if anyof (header :contains ["subject", "comments"] "politics number 5", exists "x-politics-5", size :over 15M) { discard; stop; }
if header :value "ge" :comparator "i;ascii-numeric" "x-spam-score" "26" { fileinto "Junk"; stop; }
if header :contains "list-id" "<music7.lists.example>" { fileinto "Lists.music7"; stop; }
if address :is "from" ["finance8@work.example", "boss8@work.example"] { fileinto "Flagged"; }
if header :matches "subject" "[travel9] *" { fileinto "Tags.travel9"; stop; }
if allof (address :domain "from" "chess10.example", not header :contains "precedence" "bulk") { fileinto "Senders.chess10"; stop; }
if envelope :detail "to" "knitting11" { fileinto "knitting11"; stop; }
if anyof (header :contains ["subject", "comments"] "sailing number 12", exists "x-sailing-12", size :over 22M) { discard; stop; }
if header :value "ge" :comparator "i;ascii-numeric" "x-spam-score" "33" { fileinto "Junk"; stop; }
if header :contains "list-id" "<java14.lists.example>" { fileinto "Lists.java14"; stop; }
if address :is "from" ["politics15@work.example", "boss15@work.example"] { fileinto "Flagged"; }
if header :matches "subject" "[garden16] *" { fileinto "Tags.garden16"; stop; }
if allof (address :domain "from" "music17.example", not header :contains "precedence" "bulk") { fileinto "Senders.music17"; stop; }
if envelope :detail "to" "finance18" { fileinto "finance18"; stop; }
if anyof (header :contains ["subject", "comments"] "travel number 19", exists "x-travel-19", size :over 29M) { discard; stop; }
if header :value "ge" :comparator "i;ascii-numeric" "x-spam-score" "40" { fileinto "Junk"; stop; }
if header :contains "list-id" "<knitting21.lists.example>" { fileinto "Lists.knitting21"; stop; }
if address :is "from" ["sailing22@work.example", "boss22@work.example"] { fileinto "Flagged"; }
if header :matches "subject" "[linux23] *" { fileinto "Tags.linux23"; stop; }
if allof (address :domain "from" "java24.example", not header :contains "precedence" "bulk") { fileinto "Senders.java24"; stop; }
if envelope :detail "to" "politics25" { fileinto "politics25"; stop; }
if anyof (header :contains ["subject", "comments"] "garden number 26", exists "x-garden-26", size :over 36M) { discard; stop; }
if header :value "ge" :comparator "i;ascii-numeric" "x-spam-score" "47" { fileinto "Junk"; stop; }
if header :contains "list-id" "<finance28.lists.example>" { fileinto "Lists.finance28"; stop; }
if address :is "from" ["travel29@work.example", "boss29@work.example"] { fileinto "Flagged"; }
if header :matches "subject" "[chess30] *" { fileinto "Tags.chess30"; stop; }
if allof (address :domain "from" "knitting31.example", not header :contains "precedence" "bulk") { fileinto "Senders.knitting31"; stop; }
if envelope :detail "to" "sailing32" { fileinto "sailing32"; stop; }
if anyof (header :contains ["subject", "comments"] "linux number 33", exists "x-linux-33", size :over 43M) { discard; stop; }
if header :value "ge" :comparator "i;ascii-numeric" "x-spam-score" "54" { fileinto "Junk"; stop; }
if header :contains "list-id" "<politics35.lists.example>" { fileinto "Lists.politics35"; stop; }
if address :is "from" ["garden36@work.example", "boss36@work.example"] { fileinto "Flagged"; }
if header :matches "subject" "[music37] *" { fileinto "Tags.music37"; stop; }
if allof (address :domain "from" "finance38.example", not header :contains "precedence" "bulk") { fileinto "Senders.finance38"; stop; }
if envelope :detail "to" "travel39" { fileinto "travel39"; stop; }
if anyof (header :contains ["subject", "comments"] "chess number 40", exists "x-chess-40", size :over 50M) { discard; stop; }
if header :value "ge" :comparator "i;ascii-numeric" "x-spam-score" "61" { fileinto "Junk"; stop; }
if header :contains "list-id" "<sailing42.lists.example>" { fileinto "Lists.sailing42"; stop; }
if address :is "from" ["linux43@work.example", "boss43@work.example"] { fileinto "Flagged"; }
if header :matches "subject" "[java44] *" { fileinto "Tags.java44"; stop; }
if allof (address :domain "from" "politics45.example", not header :contains "precedence" "bulk") { fileinto "Senders.politics45"; stop; }
if envelope :detail "to" "garden46" { fileinto "garden46"; stop; }
if anyof (header :contains ["subject", "comments"] "music number 47", exists "x-music-47", size :over 57M) { discard; stop; }
if header :value "ge" :comparator "i;ascii-numeric" "x-spam-score" "68" { fileinto "Junk"; stop; }
if header :contains "list-id" "<travel49.lists.example>" { fileinto "Lists.travel49"; stop; }

keep;
