if not exists "X-Edited" { discard; }
