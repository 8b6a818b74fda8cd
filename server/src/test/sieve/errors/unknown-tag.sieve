if header :foo :baz "a" "b" { keep :bar; }
