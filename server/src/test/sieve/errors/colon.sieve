if address is "from" "b" { keep; }
