require "replace";
replace :mime :subject "x" "y";
replace :mime :from "a@example.org" "y";
replace :from "nobody at all" "y";
replace :mime;
