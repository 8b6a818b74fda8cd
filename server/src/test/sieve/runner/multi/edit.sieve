require "editheader";
addheader "X-Edited" "yes";
