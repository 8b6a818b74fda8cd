require "ihave";
if not ihave "frop" { error "there is no frop"; }
