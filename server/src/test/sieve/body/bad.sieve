require "body";
if body :raw :text "x" { stop; }
if body :content 7 "x" { stop; }
if body :raw { stop; }
