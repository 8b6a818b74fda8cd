require "ihave";
if ihave "frop" { frop "x" :y; } else { keep; }
