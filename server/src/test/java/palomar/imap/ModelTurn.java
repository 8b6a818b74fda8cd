package palomar.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import palomar.testkit.ImapClient;
import palomar.testkit.ImapReply;

/// One thing that one client does, at random.
///
/// @param model what the mailbox holds; null when others work at the same time, so that nobody can know
record ModelTurn(
        Onlooker client, RandomGenerator random, @Nullable Model model) {
    private static final List<String> FLAGS =
            List.of("\\Seen", "\\Answered", "\\Flagged", "\\Deleted", "\\Draft", "$Work", "later", "$Junk");

    /// What there really is, when commands run one after the other.
    static final class Model {
        final TreeMap<Long, Set<String>> flags = new TreeMap<>();
        final Map<Long, String> texts = new HashMap<>();
        int elsewhere;
    }

    void run() throws IOException {
        if (client.isIdle()) {
            if (random.nextInt(3) == 0) {
                client.endIdle();
                compare();
            }
        } else if (client.rows.isEmpty()) {
            append();
        } else if (!client.knowsUids() && (client.kind.byUidOnly() || client.kind.qresync())) {
            learn();
        } else {
            act(random.nextInt(100));
        }
    }

    private void act(int chance) throws IOException {
        if (chance < 14) {
            settle();
        } else if (chance < 26) {
            append();
        } else if (chance < 46) {
            store();
        } else if (chance < 58) {
            fetch();
        } else if (chance < 66) {
            search();
        } else if (chance < 76) {
            expunge();
        } else if (chance < 84) {
            copy();
        } else if (chance < 90) {
            client.startIdle();
        } else if (chance < 94 && client.kind.qresync()) {
            leaveAndComeBack();
        } else if (chance < 97 && client.kind.condstore() && model != null) {
            compareModSeqs();
        } else {
            learn();
        }
    }

    /// RFC 7162 3.1: who has enabled CONDSTORE is told the mod-sequence of each change.
    private void compareModSeqs() throws IOException {
        client.command("NOOP");
        Map<Onlooker.Row, Long> believed = new IdentityHashMap<>();
        client.rows.forEach(row -> believed.put(row, row.modSeq));
        if (client.rows.isEmpty()) {
            return;
        }
        client.command((client.kind.byUidOnly() ? "UID " : "") + "FETCH 1:* (UID MODSEQ)");
        believed.forEach((row, modSeq) -> client.check(
                modSeq == 0 || row.modSeq == modSeq,
                "believed MODSEQ " + modSeq + " of UID " + row.uid + ", but it has " + row.modSeq));
    }

    private void learn() throws IOException {
        boolean byUid = client.kind.byUidOnly() || random.nextBoolean();
        client.command((byUid ? "UID " : "") + "FETCH 1:* (UID FLAGS)");
    }

    /// After NOOP the client knows everything.
    void settle() throws IOException {
        if (client.isIdle()) {
            client.endIdle();
        }
        client.command("NOOP");
        compare();
    }

    /// RFC 7162 3.2.5: what the client keeps is enough, together with what it is told.
    private void leaveAndComeBack() throws IOException {
        client.command("UID FETCH 1:* (UID FLAGS MODSEQ)");
        if (!client.knowsUids()) {
            return;
        }
        client.hangUp();
        client.comeBack();
        compare();
        client.command("UID FETCH 1:* (UID FLAGS)");
    }

    private void compare() {
        if (model == null) {
            return;
        }
        client.check(client.rows.size() == model.flags.size(), "the mailbox holds " + model.flags);
        for (Onlooker.Row row : client.rows) {
            Set<String> there = model.flags.get(row.uid);
            client.check(row.uid == 0 || there != null, "UID " + row.uid + " is gone");
            client.check(
                    row.uid == 0 || row.flags == null || row.flags.equals(there),
                    "believed " + row.flags + " of UID " + row.uid + ", but it has " + there);
        }
        client.check(
                client.elsewhere() < 0 || client.elsewhere() == model.elsewhere,
                "believed " + client.elsewhere() + " messages elsewhere, but there are " + model.elsewhere);
    }

    void append() throws IOException {
        String text = "number " + random.nextInt(1_000_000) + "\r\n";
        Set<String> flags = someFlags();
        byte[] mail = ("Subject: " + text + "\r\n" + text).getBytes(StandardCharsets.US_ASCII);
        ImapClient.Result result =
                client.command("APPEND " + client.mailbox + " (" + String.join(" ", flags) + ")", mail);
        if (model != null) {
            long uid = Long.parseLong(result.code().split(" ")[2]);
            client.check(model.flags.isEmpty() || uid > model.flags.lastKey(), "a UID is used again: " + uid);
            client.check(model.texts.put(uid, text) == null, "a UID is used again: " + uid);
            model.flags.put(uid, flags);
        }
    }

    private Set<String> someFlags() {
        Set<String> flags = new TreeSet<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            flags.add(FLAGS.get(random.nextInt(FLAGS.size())));
        }
        return flags;
    }

    /// Neighbours among the messages that the client has.
    ///
    /// @param first index of the first one
    private record Choice(int first, List<Onlooker.Row> rows, boolean byUid, String set) {
        String verb(String name) {
            return byUid ? "UID " + name + " " : name + " ";
        }

        long number(int index) {
            return byUid ? rows.get(index).uid : first + index + 1L;
        }
    }

    private Choice choose() {
        int first = random.nextInt(client.rows.size());
        int last = Math.min(client.rows.size() - 1, first + random.nextInt(4));
        List<Onlooker.Row> rows = List.copyOf(client.rows.subList(first, last + 1));
        boolean named = rows.stream().allMatch(row -> row.uid > 0);
        boolean byUid = named && (client.kind.byUidOnly() || random.nextBoolean());
        long from = byUid ? rows.getFirst().uid : first + 1L;
        long to = byUid ? rows.getLast().uid : last + 1L;
        return new Choice(first, rows, byUid, random.nextBoolean() ? from + ":" + to : to + ":" + from);
    }

    private void store() throws IOException {
        drain();
        if (client.rows.isEmpty() || !client.knowsUids() && client.kind.byUidOnly()) {
            return;
        }
        Choice choice = choose();
        String sign = List.of("+", "-", "").get(random.nextInt(3));
        Set<String> flags = someFlags();
        boolean silent = random.nextBoolean();
        boolean conditional = client.kind.condstore() && random.nextInt(4) == 0;
        String condition = conditional ? " (UNCHANGEDSINCE " + choice.rows.getFirst().modSeq + ")" : "";
        ImapClient.Result result = client.command(choice.verb("STORE") + choice.set + condition + " " + sign + "FLAGS"
                + (silent ? ".SILENT" : "") + " (" + String.join(" ", flags) + ")");
        TreeSet<Long> refused = result.code().startsWith("MODIFIED ")
                ? Onlooker.numbers(result.code().substring(9))
                : new TreeSet<>();
        for (int i = 0; i < choice.rows.size(); i++) {
            Onlooker.Row row = choice.rows.get(i);
            if (refused.contains(choice.number(i))) {
                continue;
            }
            if (silent && row.flags != null) {
                believeSilent(row, sign, flags);
            }
            if (model != null) {
                long uid = row.uid > 0 ? row.uid : uid(choice.number(i));
                model.flags.computeIfPresent(uid, (named, before) -> changed(before, sign, flags));
            }
        }
    }

    /// Where flags are told as well as stored in silence, the telling counts: it is the younger. But what is
    /// pushed may have been on its way already: then nothing is certain until the flags are asked for.
    private void believeSilent(Onlooker.Row row, String sign, Set<String> flags) {
        if (!client.toldFlags.contains(row)) {
            row.flags = changed(row.flags, sign, flags);
        } else if (model == null && client.kind.pushed() != ClientKind.Notify.NEVER) {
            row.flags = null;
        }
    }

    /// What was pushed before is not to be mixed up with what the next command changes.
    private void drain() throws IOException {
        if (client.kind.pushed() != ClientKind.Notify.NEVER) {
            client.command("NOOP");
        }
    }

    /// Only the server knows which message that is; it may be gone by now.
    private long uid(long seq) throws IOException {
        ImapClient.Result result = client.command("FETCH " + seq + " UID");
        client.check(!result.all("FETCH").isEmpty(), "a message of the view can't be fetched");
        return client.rows.get((int) seq - 1).uid;
    }

    private static Set<String> changed(Set<String> before, String sign, Set<String> flags) {
        Set<String> after = new TreeSet<>(sign.isEmpty() ? Set.of() : before);
        if (sign.equals("-")) {
            after.removeAll(flags);
        } else {
            after.addAll(flags);
        }
        return after;
    }

    private void fetch() throws IOException {
        String items = List.of("FLAGS", "(UID FLAGS)", "(UID BODY.PEEK[TEXT])", "(UID RFC822.SIZE)", "FAST")
                .get(random.nextInt(5));
        Choice choice = choose();
        ImapClient.Result result = client.command(choice.verb("FETCH") + choice.set + " " + items);
        if (model == null) {
            return;
        }
        for (ImapReply reply : result.untagged()) {
            boolean fetched = reply.name().equals("FETCH") || reply.name().equals("UIDFETCH");
            if (fetched && reply.fetch().get("BODY[TEXT]") instanceof ImapReply.Text text) {
                long uid = Long.parseLong(ImapReply.string(reply.fetch().get("UID")));
                client.check(text.bytes().equals(model.texts.get(uid)), "text of UID " + uid + " differs");
            }
        }
    }

    /// By number it finds messages that the client still has; by UID those that are there.
    private void search() throws IOException {
        String flag = FLAGS.get(random.nextInt(FLAGS.size()));
        String key = flag.startsWith("\\") ? flag.substring(1).toUpperCase(Locale.ROOT) : "KEYWORD " + flag;
        boolean byUid = client.kind.byUidOnly() || random.nextBoolean();
        client.command(client.kind.byUidOnly() ? "UID FETCH 1:* (UID)" : "FETCH 1:* (UID)");
        int count = client.rows.size();
        List<Long> uids = client.rows.stream().map(row -> row.uid).toList();
        TreeSet<Long> found = found(client.command((byUid ? "UID SEARCH " : "SEARCH ") + key));
        client.check(byUid || found.isEmpty() || found.last() <= client.rows.size(), "found what is not there");
        if (model == null) {
            return;
        }
        for (int i = 0; i < count; i++) {
            Set<String> flags = model.flags.get(uids.get(i));
            if (flags != null) {
                long number = byUid ? uids.get(i) : i + 1L;
                client.check(found.contains(number) == flags.contains(flag), number + " has " + flags);
            }
        }
    }

    private static TreeSet<Long> found(ImapClient.Result result) {
        TreeSet<Long> found = new TreeSet<>();
        for (ImapReply reply : result.all("SEARCH")) {
            for (int i = 1; i < reply.values().size(); i++) {
                found.add(Long.parseLong(reply.atom(i)));
            }
        }
        for (ImapReply reply : result.all("ESEARCH")) {
            ImapReply.Value last = reply.values().getLast();
            if (last instanceof ImapReply.Atom(String set) && !set.equals("UID") && !set.equals("ESEARCH")) {
                found.addAll(Onlooker.numbers(set));
            }
        }
        return found;
    }

    private void expunge() throws IOException {
        client.command("NOOP");
        if (client.rows.isEmpty()) {
            return;
        }
        client.command(client.kind.byUidOnly() ? "UID FETCH 1:* (UID)" : "FETCH 1:* UID");
        if (client.rows.isEmpty() || !client.knowsUids() && client.kind.byUidOnly()) {
            return;
        }
        Choice choice = choose();
        boolean some = choice.byUid && random.nextBoolean();
        long from = some ? choice.rows.getFirst().uid : 1;
        long to = some ? choice.rows.getLast().uid : Long.MAX_VALUE;
        client.command(some ? "UID EXPUNGE " + from + ":" + to : "EXPUNGE");
        if (model != null) {
            model.flags
                    .entrySet()
                    .removeIf(entry ->
                            entry.getValue().contains("\\Deleted") && entry.getKey() >= from && entry.getKey() <= to);
            compare();
        }
    }

    private void copy() throws IOException {
        boolean move = random.nextInt(3) == 0;
        drain();
        if (client.rows.isEmpty() || !client.knowsUids() && client.kind.byUidOnly()) {
            return;
        }
        String target = move ? "Elsewhere" : client.mailbox;
        Choice choice = choose();
        ImapClient.Result result = client.command(choice.verb(move ? "MOVE" : "COPY") + choice.set + " " + target);
        if (model == null) {
            return;
        }
        String code = move ? moveCode(result) : result.code();
        if (!code.startsWith("COPYUID ")) {
            return;
        }
        List<Long> from = new ArrayList<>(Onlooker.numbers(code.split(" ")[2]));
        List<Long> to = new ArrayList<>(Onlooker.numbers(code.split(" ")[3]));
        client.check(from.size() == to.size(), "sets of COPYUID differ");
        for (int i = 0; i < from.size(); i++) {
            Set<String> flags = move ? model.flags.remove(from.get(i)) : model.flags.get(from.get(i));
            client.check(flags != null, "a message was copied that is not there: " + from.get(i));
            if (!move) {
                model.flags.put(to.get(i), flags);
                model.texts.put(to.get(i), model.texts.get(from.get(i)));
            }
        }
        if (move) {
            model.elsewhere += from.size();
            client.movedElsewhere(from.size());
        }
    }

    private static String moveCode(ImapClient.Result result) {
        return result.untagged().stream()
                .map(ImapReply::code)
                .filter(code -> code.startsWith("COPYUID "))
                .findFirst()
                .orElse("");
    }
}
