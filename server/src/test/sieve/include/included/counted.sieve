require "include";
redirect "a@example.com"; return; 
