require "ihave";
keep;
error "Ümläut";
discard;
