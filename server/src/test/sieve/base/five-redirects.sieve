redirect "u1@example.com";
redirect "u2@example.com";
redirect "u3@example.com";
redirect "u4@example.com";
redirect "u5@example.com";
