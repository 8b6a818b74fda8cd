require ["special-use", "fileinto"];
fileinto :specialuse "Junk" "x";
if specialuse_exists "" { keep; }
