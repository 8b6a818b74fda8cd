# What Python's sievelib does in ManageSieveIT. Arguments: port, user. Writes a line for each answer that the test compares.
import ssl
import sys

from sievelib.managesieve import Client

ssl._create_default_https_context = ssl._create_unverified_context
port, user = int(sys.argv[1]), sys.argv[2]
client = Client("127.0.0.1", srvport=port)


def must(what, done):
    if not done:
        raise SystemExit("%s: %s %s" % (what, client.errcode, client.errmsg))
    return done


must("connect", client.connect(user, "demo", authmech=sys.argv[3]))
print("implementation", client.get_implementation().split()[0])
print("extensions", "fileinto" in client.get_sieve_capabilities())
script = "require [\"fileinto\"];\r\nfileinto \"Ünïcode\";\r\n"
must("check", client.checkscript(script))
print("bad", client.checkscript("keep;\r\nfoo;\r\n"))
print("room", client.havespace("work", 100), client.havespace("work", 1 << 30), client.errcode)
must("put", client.putscript("work", script))
must("put", client.putscript("other", "keep;"))
must("activate", client.setactive("work"))
must("rename", client.renamescript("work", "renamed"))
print("listed", client.listscripts())
print("same", client.getscript("renamed").replace("\r\n", "\n").strip() == script.replace("\r\n", "\n").strip())
print("missing", client.getscript("work"), client.errcode)
must("delete", client.deletescript("other"))
must("deactivate", client.setactive(""))
print("listed", client.listscripts())
client.logout()
