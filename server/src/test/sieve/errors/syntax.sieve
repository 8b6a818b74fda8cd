frop "x" "y" "z" :;
redirect ["a" "b"];
if true { stop [; keep [; }
