if address "from" :is "x" { keep; }
