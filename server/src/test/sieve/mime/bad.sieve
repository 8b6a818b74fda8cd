require "mime";
if header :anychild "subject" "x" { stop; }
if header :type "content-type" "x" { stop; }
if header :mime :type :subtype "content-type" "x" { stop; }
if exists :mime :type "content-type" { stop; }
if header :mime :param 1 "content-type" "x" { stop; }
if address "content-from" "x" { stop; }
