require "enotify";

# not a URI
notify "stephan";
# no such method
notify "snailmail:Laan";
# a bad address
notify "mailto:stephan";
# importance is 1, 2 or 3
notify :importance "4" "mailto:stephan@example.org";
