package palomar.imap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import palomar.testkit.ImapClient;
import palomar.testkit.ImapReply;
import palomar.testkit.Seeds;
import palomar.testkit.TestServer;

/// A client that believes what the server says of one mailbox, and fails as soon as the server contradicts itself:
/// EXPUNGE at a forbidden time, an EXISTS that shrinks, a FETCH of a message that is not there, UIDs out of order,
/// keywords never announced, mod-sequences that go back. One thread.
final class Onlooker implements AutoCloseable {
    /// What the client has enabled.
    enum Kind {
        REV1,
        CONDSTORE,
        QRESYNC,
        REV2
    }

    /// What the client knows of one message.
    static final class Row {
        /// 0: not told yet
        long uid;

        /// null: not told yet
        @Nullable
        Set<String> flags;

        long modSeq;
    }

    private static final int REMEMBERED = 60;

    final Kind kind;
    final List<Row> rows = new ArrayList<>();
    private final ImapClient client;
    private final Set<String> announced = new HashSet<>();
    private final Deque<String> log = new ArrayDeque<>();
    private boolean idle;

    /// The items of a FETCH response may be those that the client has asked for.
    private boolean asked;

    Onlooker(Kind kind, int port, String mailbox) throws IOException {
        this.kind = kind;
        client = ImapClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        client.ok("LOGIN " + TestServer.USER + " " + TestServer.PASSWORD);
        switch (kind) {
            case REV1 -> {}
            case CONDSTORE -> client.ok("ENABLE CONDSTORE");
            case QRESYNC -> client.ok("ENABLE QRESYNC");
            case REV2 -> client.ok("ENABLE IMAP4rev2");
        }
        client.command("CREATE " + mailbox);
        command("SELECT " + mailbox);
    }

    boolean isIdle() {
        return idle;
    }

    boolean tellsModSeq() {
        return kind == Kind.CONDSTORE || kind == Kind.QRESYNC;
    }

    /// Says a command, believes all that comes, and expects OK, or that messages are gone which this client still
    /// sees.
    ImapClient.Result command(Object... parts) throws IOException {
        String text = parts[0].toString();
        note("C: " + text);
        ImapClient.Result result = client.command(parts);
        boolean numbered = text.startsWith("FETCH") || text.startsWith("STORE") || text.startsWith("SEARCH");
        boolean byUid = text.startsWith("UID FETCH") || text.startsWith("UID STORE");
        asked = text.contains("FETCH");
        for (ImapReply reply : result.untagged()) {
            hear(reply, !numbered, byUid);
        }
        note("S: " + result.tagged());
        check(result.condition().equals("OK") || result.code().equals("EXPUNGEISSUED"), "not OK");
        return result;
    }

    void startIdle() throws IOException {
        asked = false;
        note("C: IDLE");
        for (ImapReply reply : client.idle()) {
            hear(reply, true, false);
        }
        idle = true;
    }

    void endIdle() throws IOException {
        note("C: DONE");
        idle = false;
        for (ImapReply reply : client.done().untagged()) {
            hear(reply, true, false);
        }
    }

    private void hear(ImapReply reply, boolean mayExpunge, boolean byUid) {
        note("S: " + reply);
        switch (reply.name()) {
            case "EXISTS" -> exists(reply.number());
            case "EXPUNGE" -> {
                check(mayExpunge, "EXPUNGE during a command by sequence number");
                check(kind != Kind.QRESYNC, "EXPUNGE after ENABLE QRESYNC");
                row(reply.number());
                rows.remove((int) reply.number() - 1);
            }
            case "VANISHED" -> {
                check(mayExpunge, "VANISHED during a command by sequence number");
                check(kind == Kind.QRESYNC, "VANISHED without ENABLE QRESYNC");
                vanished(numbers(reply.atom(1)));
            }
            case "RECENT" -> {
                check(kind != Kind.REV2, "RECENT in IMAP4rev2");
                check(reply.number() <= rows.size(), "more recent messages than messages");
            }
            case "FLAGS" -> {
                announced.clear();
                announced.addAll(words(reply.items(1)));
            }
            case "FETCH" -> fetched(row(reply.number()), reply.fetch(), byUid);
            default -> {}
        }
    }

    private void exists(long count) {
        check(count >= rows.size(), "EXISTS shrinks");
        while (rows.size() < count) {
            rows.add(new Row());
        }
    }

    private void vanished(TreeSet<Long> uids) {
        for (long uid : uids) {
            check(
                    rows.removeIf(row -> row.uid == uid) || removeUnnamed(uid),
                    "UID " + uid + " vanishes that was not there");
        }
    }

    /// A message that was told to be there, but not yet by its UID: one that stands where this UID would.
    private boolean removeUnnamed(long uid) {
        int end = 0;
        while (end < rows.size() && rows.get(end).uid < uid) {
            end++;
        }
        if (end == 0 || rows.get(end - 1).uid != 0) {
            return false;
        }
        rows.remove(end - 1);
        return true;
    }

    private Row row(long seq) {
        check(seq >= 1 && seq <= rows.size(), "there is no message " + seq);
        return rows.get((int) seq - 1);
    }

    private void fetched(Row row, Map<String, ImapReply.Value> items, boolean byUid) {
        boolean named = items.containsKey("UID");
        check(named || !byUid && (asked || kind != Kind.QRESYNC), "FETCH without UID");
        if (named) {
            long uid = Long.parseLong(ImapReply.string(items.get("UID")));
            check(row.uid == 0 || row.uid == uid, "UID changes from " + row.uid);
            row.uid = uid;
            checkOrder();
        }
        if (items.get("FLAGS") instanceof ImapReply.Items(List<ImapReply.Value> flags)) {
            Set<String> told = words(flags);
            boolean recent = told.remove("\\Recent");
            check(!recent || kind != Kind.REV2, "\\Recent in IMAP4rev2");
            check(announced.containsAll(told), "a flag that was not announced");
            row.flags = told;
            check(asked || !tellsModSeq() || items.containsKey("MODSEQ"), "flags without MODSEQ");
        }
        if (items.get("MODSEQ") instanceof ImapReply.Items(List<ImapReply.Value> number)) {
            long modSeq = Long.parseLong(ImapReply.string(number.getFirst()));
            check(modSeq >= row.modSeq, "MODSEQ goes back");
            row.modSeq = modSeq;
        }
    }

    private void checkOrder() {
        long last = 0;
        for (Row row : rows) {
            check(row.uid == 0 || row.uid > last, "UIDs do not ascend");
            last = Math.max(last, row.uid);
        }
    }

    private static Set<String> words(List<ImapReply.Value> values) {
        Set<String> words = new TreeSet<>();
        for (ImapReply.Value value : values) {
            words.add(ImapReply.string(value));
        }
        return words;
    }

    /// `1:3,7`, in any order.
    static TreeSet<Long> numbers(String set) {
        TreeSet<Long> numbers = new TreeSet<>();
        for (String range : set.split(",")) {
            int colon = range.indexOf(':');
            long from = Long.parseLong(colon < 0 ? range : range.substring(0, colon));
            long to = colon < 0 ? from : Long.parseLong(range.substring(colon + 1));
            for (long number = from; number <= to; number++) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    void check(boolean promise, String broken) {
        if (!promise) {
            throw new AssertionError(broken + " for " + kind + " in a mailbox of " + rows.size() + ", seed "
                    + Seeds.seed() + ":\n" + String.join("\n", log));
        }
    }

    private void note(String line) {
        if (log.size() == REMEMBERED) {
            log.removeFirst();
        }
        log.addLast(line);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
