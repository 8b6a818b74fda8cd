require ["editheader", "encoded-character"];
addheader "X-Bad:" "value";
deleteheader "X Bad";
addheader "X-Umlaut-Ä" "value";
addheader "X-Control" "a${hex:00}b";
deleteheader :last "X-Name";
addheader :index 1 "X-Name" "value";
addheader "X-Name";
addheader "" "value";
