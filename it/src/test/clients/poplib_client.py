"""Python's poplib: port, TLS port, user. Prints what it saw; deletes the first message in the end."""
import poplib
import ssl
import sys

port, tls_port, user = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
anyone = ssl._create_unverified_context()

pop = poplib.POP3("127.0.0.1", port, timeout=30)
print("offered", "STLS" in pop.capa(), "UTF8" in pop.capa(), "LANG" in pop.capa())
pop.stls(context=anyone)
print("under TLS", "STLS" in pop.capa())
pop.utf8()
pop.user(user)
try:
    pop.pass_("wrong")
except poplib.error_proto as refused:
    print("refused", b"[AUTH]" in refused.args[0])
pop.user(user)
pop.pass_("demo")
count, size = pop.stat()
listed = pop.list()[1]
print("messages", count, len(listed), size == sum(int(line.split()[1]) for line in listed))
ids = [line.split()[1] for line in pop.uidl()[1]]
print("ids", len(set(ids)), ids[1] == pop.uidl(2).split()[2])
for number in range(1, count + 1):
    lines = pop.retr(number)[1]
    exact = sum(len(line) + 2 for line in lines)
    print("size", number, exact == int(pop.list(number).split()[2]))
print("top", pop.top(2, 0)[1][-1] == b"")
pop.dele(1)
pop.rset()
pop.dele(2)
pop.close()  # without QUIT

pop = poplib.POP3_SSL("127.0.0.1", tls_port, context=anyone, timeout=30)
pop.user(user)
pop.pass_("demo")
print("still there", pop.stat()[0] == count, [line.split()[1] for line in pop.uidl()[1]] == ids)
pop.dele(1)
print("goodbye", pop.quit())

pop = poplib.POP3_SSL("127.0.0.1", tls_port, context=anyone, timeout=30)
pop.user(user)
pop.pass_("demo")
print("left", [line.split()[1] for line in pop.uidl()[1]] == ids[1:])
pop.quit()
