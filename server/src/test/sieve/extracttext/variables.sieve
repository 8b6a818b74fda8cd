require ["extracttext", "foreverypart"];
foreverypart { extracttext "text"; }
