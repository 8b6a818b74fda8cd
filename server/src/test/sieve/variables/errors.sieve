require "variables";
set "a b" "x";
set "1" "x";
set :lower :upper "a" "b";
set "a.b" "x";
set :frop "a" "b";
set "a" 3;
