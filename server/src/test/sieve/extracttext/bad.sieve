require ["extracttext", "variables", "foreverypart"];
extracttext "text";
foreverypart { extracttext "a b"; }
foreverypart { extracttext :first "x" "text"; }
