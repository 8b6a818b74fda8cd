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
import palomar.testkit.TestServer;

/// A client that believes what the server says of one mailbox, and fails as soon as the server contradicts itself:
/// EXPUNGE at a forbidden time, an EXISTS that shrinks, a FETCH of a message that is not there, UIDs out of order,
/// keywords never announced, mod-sequences that go back. One thread.
final class Onlooker implements AutoCloseable {
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

    final ClientKind kind;
    final String mailbox;
    final List<Row> rows = new ArrayList<>();

    /// Whose flags were told in answer to the last command.
    final Set<Row> toldFlags = new HashSet<>();

    private final String name;
    private final int port;
    private final Set<String> announced = new HashSet<>();
    private final Deque<String> log = new ArrayDeque<>();
    private ImapClient client;
    private boolean idle;
    private long uidValidity;

    /// What a client with QRESYNC would come back with. RFC 7162 3.2.5
    private long highestModSeq;

    private long elsewhere = -1;

    /// Was the other mailbox told of since the last command began?
    private boolean heardStatus;

    /// What EXISTS said last.
    private long exists;

    /// Between SELECT (QRESYNC ...) and its answer the client's numbers are not the server's.
    private boolean resynchronising;

    /// The items of a FETCH response may be those that the client has asked for.
    private boolean asked;

    /// So may those that a STORE by number is answered with.
    private boolean storing;

    /// @param name says in failures which client of which run it is
    Onlooker(String name, ClientKind kind, int port, String mailbox) throws IOException {
        this.name = name;
        this.kind = kind;
        this.port = port;
        this.mailbox = mailbox;
        this.client = connect();
        client.command("CREATE " + mailbox);
        command("SELECT " + mailbox);
        askToBeNotified();
    }

    private ImapClient connect() throws IOException {
        ImapClient made = ImapClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        made.ok("LOGIN " + TestServer.USER + " " + TestServer.PASSWORD);
        if (kind.compress()) {
            made.compress();
        }
        if (!kind.enable().isEmpty()) {
            made.ok("ENABLE " + kind.enable());
        }
        return made;
    }

    private void askToBeNotified() throws IOException {
        if (kind.pushed() != ClientKind.Notify.NEVER) {
            String selected = kind.pushed() == ClientKind.Notify.DELAYED ? "SELECTED-DELAYED" : "SELECTED";
            command("NOTIFY SET STATUS (" + selected + " (MessageNew (UID FLAGS) MessageExpunge FlagChange))"
                    + " (MAILBOXES Elsewhere (MessageNew MessageExpunge))");
        }
    }

    boolean isIdle() {
        return idle;
    }

    /// Does it know the UID of each message?
    boolean knowsUids() {
        return rows.stream().allMatch(row -> row.uid > 0);
    }

    /// Messages in the other mailbox as pushed; -1 when it was never told.
    long elsewhere() {
        return elsewhere;
    }

    /// The client has moved so many there itself, which it is not told.
    void movedElsewhere(int count) {
        if (elsewhere >= 0 && !heardStatus) {
            elsewhere += count;
        }
    }

    /// Says a command, believes all that comes, and expects OK, or that messages are gone which this client still
    /// sees.
    ImapClient.Result command(Object... parts) throws IOException {
        String text = parts[0].toString();
        note("C: " + text);
        toldFlags.clear();
        heardStatus = false;
        asked = text.contains("FETCH");
        storing = text.startsWith("STORE");
        ImapClient.Result result = client.command(parts);
        boolean numbered = text.startsWith("FETCH") || text.startsWith("STORE") || text.startsWith("SEARCH");
        boolean byUid = text.startsWith("UID FETCH") || text.startsWith("UID STORE");
        for (ImapReply reply : result.untagged()) {
            hear(reply, !numbered || kind.pushed() == ClientKind.Notify.AT_ONCE, byUid);
        }
        note("S: " + shown(result.tagged()));
        check(result.condition().equals("OK") || result.code().equals("EXPUNGEISSUED"), "not OK");
        hearCode(result.tagged());
        return result;
    }

    void startIdle() throws IOException {
        asked = false;
        storing = false;
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

    /// The connection breaks without a word. What the client knew it keeps.
    void hangUp() throws IOException {
        note("(hung up, HIGHESTMODSEQ " + highestModSeq + ")");
        client.close();
    }

    /// Comes back with what it knew, and is told what has changed. RFC 7162 3.2.5
    void comeBack() throws IOException {
        client = connect();
        idle = false;
        elsewhere = -1;
        announced.clear();
        StringBuilder known = new StringBuilder();
        for (Row row : rows) {
            known.append(known.isEmpty() ? "" : ",").append(row.uid);
        }
        resynchronising = true;
        command("SELECT " + mailbox + " (QRESYNC (" + uidValidity + " " + highestModSeq
                + (known.isEmpty() ? "" : " " + known) + "))");
        resynchronising = false;
        while (rows.size() < exists) {
            rows.add(new Row());
        }
        check(rows.size() == exists, "EXISTS " + exists + " does not fit what vanished");
        askToBeNotified();
    }

    private void hear(ImapReply reply, boolean mayExpunge, boolean byUid) {
        note("S: " + shown(reply));
        hearCode(reply);
        switch (reply.name()) {
            case "EXISTS" -> exists(reply.number());
            case "EXPUNGE" -> {
                check(mayExpunge, "EXPUNGE during a command by sequence number");
                check(!kind.vanishes(), "EXPUNGE instead of VANISHED");
                row(reply.number());
                rows.remove((int) reply.number() - 1);
            }
            case "VANISHED" -> vanished(reply, mayExpunge);
            case "RECENT" -> {
                check(!kind.rev2(), "RECENT in IMAP4rev2");
                check(reply.number() <= Math.max(rows.size(), exists), "more recent messages than messages");
            }
            case "FLAGS" -> {
                announced.clear();
                announced.addAll(words(reply.items(1)));
            }
            case "STATUS" -> {
                heardStatus = true;
                check(reply.string(1).equals("Elsewhere"), "STATUS of what is not watched");
                ImapReply.Value messages = ImapReply.pairs(reply.items(2)).get("MESSAGES");
                elsewhere = messages == null ? elsewhere : Long.parseLong(ImapReply.string(messages));
            }
            case "FETCH" -> {
                check(!kind.uidOnly(), "FETCH after ENABLE UIDONLY");
                if (!isNewWhileResynchronising(reply)) {
                    fetched(fetchedRow(reply), reply.fetch(), byUid);
                }
            }
            case "UIDFETCH" -> {
                check(kind.uidOnly(), "UIDFETCH without ENABLE UIDONLY");
                if (!isNewWhileResynchronising(reply)) {
                    fetched(named(reply.number()), reply.fetch(), true);
                }
            }
            default -> {}
        }
    }

    private void hearCode(ImapReply reply) {
        String code = reply.code();
        if (code.startsWith("HIGHESTMODSEQ ")) {
            highestModSeq = Long.parseLong(code.substring(14));
        } else if (code.startsWith("UIDVALIDITY ")) {
            uidValidity = Long.parseLong(code.substring(12));
        }
    }

    private void exists(long count) {
        exists = count;
        if (resynchronising) {
            return;
        }
        check(count >= rows.size(), "EXISTS shrinks");
        while (rows.size() < count) {
            rows.add(new Row());
        }
    }

    private void vanished(ImapReply reply, boolean mayExpunge) {
        check(kind.vanishes(), "VANISHED that was not enabled");
        if (reply.values().size() == 3) {
            // EARLIER: it may name what the client never knew.
            for (long uid : numbers(reply.atom(2))) {
                rows.removeIf(row -> row.uid == uid);
            }
            return;
        }
        check(mayExpunge, "VANISHED during a command by sequence number");
        if (resynchronising) {
            // Gone since the mailbox was opened; some of them the client has only counted.
            TreeSet<Long> gone = numbers(reply.atom(1));
            rows.removeIf(row -> gone.contains(row.uid));
            exists -= gone.size();
            return;
        }
        for (long uid : numbers(reply.atom(1))) {
            check(
                    rows.removeIf(row -> row.uid == uid) || removeUnnamed(uid),
                    "UID " + uid + " vanishes that was not there");
        }
    }

    /// A message that was told to be there, but not yet by its UID: one that stands where this UID would.
    private boolean removeUnnamed(long uid) {
        if (kind.uidOnly()) {
            // It has no numbers, and so no place for what it can't name.
            return rows.removeIf(new FirstUnnamed());
        }
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

    /// A client that comes back learns of new messages later, when it knows where they stand.
    private boolean isNewWhileResynchronising(ImapReply reply) {
        if (!resynchronising) {
            return false;
        }
        long uid = kind.uidOnly()
                ? reply.number()
                : Long.parseLong(ImapReply.string(reply.fetch().get("UID")));
        return rows.stream().noneMatch(row -> row.uid == uid);
    }

    /// While it resynchronises the client has not yet the server's numbers: they are right only at the end.
    private Row fetchedRow(ImapReply reply) {
        return resynchronising
                ? named(Long.parseLong(ImapReply.string(reply.fetch().get("UID"))))
                : row(reply.number());
    }

    /// The row with a UID; one that had none yet gets it. Those without stand at the end, where new messages are.
    private Row named(long uid) {
        for (Row row : rows) {
            if (row.uid == uid) {
                return row;
            }
        }
        check(rows.removeIf(new FirstUnnamed()), "there is no UID " + uid);
        Row row = new Row();
        row.uid = uid;
        int at = 0;
        while (at < rows.size() && rows.get(at).uid != 0 && rows.get(at).uid < uid) {
            at++;
        }
        rows.add(at, row);
        return row;
    }

    private static final class FirstUnnamed implements java.util.function.Predicate<Row> {
        private boolean found;

        @Override
        public boolean test(Row row) {
            boolean first = !found && row.uid == 0;
            found |= first;
            return first;
        }
    }

    private void fetched(Row row, Map<String, ImapReply.Value> items, boolean byUid) {
        boolean named = items.containsKey("UID");
        // RFC 7162 3.2.4, RFC 5465 5.1: what nobody asked for has the UID.
        boolean unasked = kind.qresync() || kind.pushed() != ClientKind.Notify.NEVER && !storing;
        boolean mayBeNameless = kind.uidOnly() || !byUid && (asked || !unasked);
        check(named || mayBeNameless, "FETCH without UID");
        if (named) {
            long uid = Long.parseLong(ImapReply.string(items.get("UID")));
            check(row.uid == 0 || row.uid == uid, "UID changes from " + row.uid);
            row.uid = uid;
            checkOrder();
        }
        if (items.get("FLAGS") instanceof ImapReply.Items(List<ImapReply.Value> flags)) {
            Set<String> told = words(flags);
            boolean recent = told.remove("\\Recent");
            check(!recent || !kind.rev2(), "\\Recent in IMAP4rev2");
            check(announced.containsAll(told), "a flag that was not announced");
            row.flags = told;
            toldFlags.add(row);
            check(asked || !kind.condstore() || items.containsKey("MODSEQ"), "flags without MODSEQ");
        }
        if (items.get("MODSEQ") instanceof ImapReply.Items(List<ImapReply.Value> number)) {
            long modSeq = Long.parseLong(ImapReply.string(number.getFirst()));
            check(modSeq >= row.modSeq, "MODSEQ goes back");
            row.modSeq = modSeq;
            highestModSeq = Math.max(highestModSeq, modSeq);
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
            throw new AssertionError(broken + ": " + name + ", " + kind + ", in a mailbox of " + rows.size() + ":\n"
                    + String.join("\n", log));
        }
    }

    private static String shown(ImapReply reply) {
        StringBuilder text = new StringBuilder(reply.tag());
        show(text, reply.values());
        if (!reply.code().isEmpty()) {
            text.append(" [").append(reply.code()).append(']');
        }
        return text.append(reply.text().isEmpty() ? "" : " " + reply.text()).toString();
    }

    private static void show(StringBuilder text, List<ImapReply.Value> values) {
        for (ImapReply.Value value : values) {
            if (value instanceof ImapReply.Items(List<ImapReply.Value> inner)) {
                text.append(" (");
                show(text, inner);
                text.append(')');
            } else {
                text.append(' ').append(ImapReply.string(value));
            }
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
