package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/// What the test sent, what was acknowledged, and what it saw: the model that the server must agree with after
/// each crash. Safe for many threads.
final class CrashLedger {
    static final List<String> USERS = List.of("ann", "ben", "cleo");

    private final AtomicLong nextId = new AtomicLong(1);
    private final Map<String, Box> boxes = new TreeMap<>();

    /// One user's INBOX.
    private static final class Box {
        final Map<Long, byte[]> sent = new HashMap<>();
        final Set<Long> acknowledged = new HashSet<>();
        final Set<Long> expungeAsked = new HashSet<>(); // ids
        final Set<Long> expunged = new HashSet<>(); // UIDs
        final Map<Long, Long> idByUid = new HashMap<>();
        long uidValidity;
        long uidNext;
        long highestModSeq;
    }

    CrashLedger() {
        USERS.forEach(user -> boxes.put(user, new Box()));
    }

    long newId() {
        return nextId.getAndIncrement();
    }

    synchronized void sending(String user, long id, byte[] message) {
        boxes.get(user).sent.put(id, message);
    }

    synchronized void acknowledged(String user, long id) {
        boxes.get(user).acknowledged.add(id);
    }

    /// An APPEND told its UID; numbers told must stay.
    synchronized void acknowledged(String user, long id, long uid) {
        Box box = boxes.get(user);
        box.acknowledged.add(id);
        Long other = box.idByUid.put(uid, id);
        assertThat(other == null || other == id)
                .as("UID " + uid + " of " + user + " was told twice")
                .isTrue();
        box.uidNext = Math.max(box.uidNext, uid + 1);
    }

    /// From now on the message may be gone.
    synchronized void expunging(String user, long uid, long id) {
        Box box = boxes.get(user);
        box.expungeAsked.add(id);
        Long other = box.idByUid.put(uid, id);
        assertThat(other == null || other == id)
                .as("UID " + uid + " of " + user + " was another message")
                .isTrue();
    }

    synchronized void expunged(String user, long uid) {
        boxes.get(user).expunged.add(uid);
    }

    synchronized void saw(String user, long highestModSeq) {
        Box box = boxes.get(user);
        box.highestModSeq = Math.max(box.highestModSeq, highestModSeq);
    }

    synchronized long acknowledged() {
        return boxes.values().stream().mapToLong(b -> b.acknowledged.size()).sum();
    }

    /// Reads everything from the server and compares.
    synchronized void compare(Palomar palomar, String when) throws IOException {
        for (Map.Entry<String, Box> entry : boxes.entrySet()) {
            try (ImapWire imap = ImapWire.login(palomar.imap(), entry.getKey())) {
                compare(imap, entry.getValue(), when + ", user " + entry.getKey());
            }
        }
    }

    private static void compare(ImapWire imap, Box box, String when) throws IOException {
        List<ImapWire.Line> opened = imap.ok("SELECT INBOX (CONDSTORE)");
        long uidValidity = number(opened, "UIDVALIDITY ");
        long uidNext = number(opened, "UIDNEXT ");
        long highestModSeq = number(opened, "HIGHESTMODSEQ ");
        assertThat(box.uidValidity == 0 || box.uidValidity == uidValidity)
                .as("UIDVALIDITY, " + when)
                .isTrue();
        assertThat(uidNext).as("UIDNEXT, " + when).isGreaterThanOrEqualTo(box.uidNext);
        assertThat(highestModSeq).as("HIGHESTMODSEQ, " + when).isGreaterThanOrEqualTo(box.highestModSeq);
        box.uidValidity = uidValidity;
        box.uidNext = uidNext;
        box.highestModSeq = highestModSeq;

        Set<Long> found = new HashSet<>();
        List<Long> uids = new ArrayList<>();
        for (ImapWire.Line line : imap.ok("UID FETCH 1:* (UID BODY.PEEK[])")) {
            if (line.literals().isEmpty()) {
                continue;
            }
            long uid = number(List.of(line), "UID ");
            long id = message(line.literals().getFirst(), box, when + ", UID " + uid);
            assertThat(found.add(id)).as("message " + id + " twice, " + when).isTrue();
            Long before = box.idByUid.put(uid, id);
            assertThat(before == null || before == id)
                    .as("UID " + uid + " was another message, " + when)
                    .isTrue();
            uids.add(uid);
        }
        assertThat(uids).as("order of UIDs, " + when).isSorted();
        missing(box, found, uids, when);
    }

    private static void missing(Box box, Set<Long> found, List<Long> uids, String when) {
        Set<Long> back = new HashSet<>(uids);
        back.retainAll(box.expunged);
        assertThat(back).as("expunged, acknowledged and back, " + when).isEmpty();
        Set<Long> lost = new HashSet<>(box.acknowledged);
        lost.removeAll(found);
        lost.removeAll(box.expungeAsked);
        assertThat(lost).as("acknowledged and lost, " + when).isEmpty();
    }

    /// The id of a stored message; it must end in the very bytes that were sent (deliveries stand behind a trace
    /// header).
    private static long message(byte[] stored, Box box, String when) {
        String head =
                new String(stored, 0, Math.min(stored.length, 2048), java.nio.charset.StandardCharsets.ISO_8859_1);
        long id = id(head);
        byte[] sent = box.sent.get(id);
        assertThat(sent)
                .as("message " + id + " was not sent to this user, " + when)
                .isNotNull();
        assertThat(stored.length).as("length of message " + id + ", " + when).isGreaterThanOrEqualTo(sent.length);
        boolean same = Arrays.equals(stored, stored.length - sent.length, stored.length, sent, 0, sent.length);
        assertThat(same).as("bytes of message " + id + ", " + when).isTrue();
        return id;
    }

    /// The id in a header.
    static long id(String header) {
        int at = header.indexOf("X-Crash-Id: ");
        assertThat(at).as("a message that nobody sent: " + header).isNotNegative();
        return Long.parseLong(header.substring(at + 12, header.indexOf('\r', at)));
    }

    static long number(List<ImapWire.Line> lines, String before) {
        for (ImapWire.Line line : lines) {
            int at = line.text().indexOf(before);
            if (at >= 0) {
                int start = at + before.length();
                int end = start;
                while (end < line.text().length()
                        && Character.isDigit(line.text().charAt(end))) {
                    end++;
                }
                return Long.parseLong(line.text().substring(start, end));
            }
        }
        throw new IllegalStateException("no " + before + "in " + lines);
    }

    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder();
        boxes.forEach((user, box) -> text.append(user)
                .append(": ")
                .append(box.sent.size())
                .append(" sent, ")
                .append(box.acknowledged.size())
                .append(" acknowledged, ")
                .append(box.expunged.size())
                .append(" expunged; "));
        return text.toString();
    }
}
