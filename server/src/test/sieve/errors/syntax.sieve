keep;;
redirect ["a"; keep;
frop "x" "y"; "z";
