require "encoded-character";
redirect "a${unicode:200000}@b.c";
redirect "a${unicode:d800}@b.c";
