package palomar.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import palomar.testkit.ImapClient;
import palomar.testkit.ImapReply;
import palomar.testkit.Seeds;
import palomar.testkit.TestServer;
import palomar.testkit.TestStores;

/// Four clients of different kinds at one mailbox, doing anything. Each believes only what it was told; in turns, the
/// beliefs are compared with a model after each NOOP; at the same time, with each other when all are done.
class ManySessionsTest {
    private static final String MAILBOX = "Shared";
    private static final List<String> FLAGS =
            List.of("\\Seen", "\\Answered", "\\Flagged", "\\Deleted", "\\Draft", "$Work", "later", "$Junk");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = TestStores.class,
            names = {"MEMORY", "LOFT_IN_MEMORY"})
    void inTurnsEachSessionKnowsTheMailboxAfterNoop(TestStores store) throws Exception {
        RandomGenerator random = Seeds.random("in turns");
        try (TestServer server = new TestServer(store.open(folder), List.of());
                Crowd crowd = new Crowd(server)) {
            Model model = new Model();
            for (int step = 0; step < 2500; step++) {
                Onlooker client = crowd.clients.get(random.nextInt(crowd.clients.size()));
                new Turn(client, random, model).run();
            }
            for (Onlooker client : crowd.clients) {
                new Turn(client, random, model).settle();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestStores.class,
            names = {"MEMORY", "LOFT_IN_MEMORY"})
    void atTheSameTimeAllSessionsAgreeAtLast(TestStores store) throws Exception {
        try (TestServer server = new TestServer(store.open(folder), List.of());
                Crowd crowd = new Crowd(server);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (Onlooker client : crowd.clients) {
                RandomGenerator random = Seeds.random("at the same time " + client.kind);
                running.add(threads.submit(() -> {
                    for (int step = 0; step < 400; step++) {
                        new Turn(client, random, null).run();
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
            crowd.agree();
        }
    }

    /// All clients, one of each kind.
    private static final class Crowd implements AutoCloseable {
        final List<Onlooker> clients = new ArrayList<>();

        Crowd(TestServer server) throws IOException {
            for (Onlooker.Kind kind : Onlooker.Kind.values()) {
                clients.add(new Onlooker(kind, server.port(), MAILBOX));
            }
            clients.getFirst().command("CREATE Elsewhere");
        }

        /// What was believed is what a FETCH says now, and the same for all.
        void agree() throws IOException {
            for (Onlooker client : clients) {
                new Turn(client, Seeds.random("agree"), null).settle();
            }
            new Turn(clients.getFirst(), Seeds.random("agree"), null).append();
            TreeMap<Long, Set<String>> first = null;
            for (Onlooker client : clients) {
                client.command("NOOP");
                List<Set<String>> believed =
                        client.rows.stream().map(row -> row.flags).toList();
                client.command("FETCH 1:* (UID FLAGS)");
                TreeMap<Long, Set<String>> now = new TreeMap<>();
                for (int i = 0; i < client.rows.size(); i++) {
                    Onlooker.Row row = client.rows.get(i);
                    client.check(
                            believed.get(i) == null || believed.get(i).equals(row.flags),
                            "believed " + believed.get(i) + " of UID " + row.uid + ", but it has " + row.flags);
                    now.put(row.uid, row.flags);
                }
                first = first == null ? now : first;
                client.check(first.equals(now), "others see " + first + ", not " + now);
            }
        }

        @Override
        public void close() throws IOException {
            for (Onlooker client : clients) {
                client.close();
            }
        }
    }

    /// What the mailbox really holds, when commands run one after the other.
    private static final class Model {
        final TreeMap<Long, Set<String>> flags = new TreeMap<>();
        final TreeMap<Long, String> texts = new TreeMap<>();
    }

    /// One command of one client.
    private record Turn(
            Onlooker client,
            RandomGenerator random,
            @org.jspecify.annotations.Nullable Model model) {

        void run() throws IOException {
            if (client.isIdle()) {
                if (random.nextInt(3) > 0) {
                    return;
                }
                client.endIdle();
                compare();
            } else if (client.rows.isEmpty()) {
                append();
            } else if (client.kind == Onlooker.Kind.QRESYNC
                    && client.rows.stream().anyMatch(row -> row.uid == 0)) {
                client.command("FETCH 1:* (UID FLAGS)");
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
            } else {
                readAll();
            }
        }

        /// After NOOP the client knows everything.
        void settle() throws IOException {
            if (client.isIdle()) {
                client.endIdle();
            }
            client.command("NOOP");
            compare();
        }

        private void compare() {
            if (model == null) {
                return;
            }
            client.check(client.rows.size() == model.flags.size(), "the mailbox holds " + model.flags);
            int at = 0;
            for (var entry : model.flags.entrySet()) {
                Onlooker.Row row = client.rows.get(at++);
                client.check(row.uid == 0 || row.uid == entry.getKey(), "expected UID " + entry.getKey());
                client.check(
                        row.flags == null || row.flags.equals(entry.getValue()),
                        "believed " + row.flags + " of UID " + entry.getKey() + ", but it has " + entry.getValue());
            }
        }

        private void append() throws IOException {
            String text = "number " + random.nextInt(1_000_000) + "\r\n";
            Set<String> flags = someFlags();
            byte[] mail = ("Subject: " + text + "\r\n" + text).getBytes(StandardCharsets.US_ASCII);
            ImapClient.Result result = client.command("APPEND " + MAILBOX + " (" + String.join(" ", flags) + ")", mail);
            if (model != null) {
                long uid = Long.parseLong(result.code().split(" ")[2]);
                client.check(model.texts.isEmpty() || uid > model.texts.lastKey(), "a UID is used again: " + uid);
                model.flags.put(uid, flags);
                model.texts.put(uid, text);
            }
        }

        private Set<String> someFlags() {
            Set<String> flags = new TreeSet<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                flags.add(FLAGS.get(random.nextInt(FLAGS.size())));
            }
            return flags;
        }

        /// A range of sequence numbers the client has, in any direction.
        private long[] range() {
            long a = 1 + random.nextInt(client.rows.size());
            long b = Math.min(client.rows.size(), a + random.nextInt(4));
            return new long[] {a, b};
        }

        private String written(long[] range) {
            return random.nextBoolean() ? range[0] + ":" + range[1] : range[1] + ":" + range[0];
        }

        private void store() throws IOException {
            long[] range = range();
            String sign = List.of("+", "-", "").get(random.nextInt(3));
            Set<String> flags = someFlags();
            boolean silent = random.nextBoolean();
            boolean conditional = client.tellsModSeq() && random.nextInt(4) == 0;
            String condition =
                    conditional ? " (UNCHANGEDSINCE " + client.rows.get((int) range[0] - 1).modSeq + ")" : "";
            List<Onlooker.Row> touched = List.copyOf(client.rows.subList((int) range[0] - 1, (int) range[1]));
            String names = String.join(" ", flags);
            boolean byUid = touched.stream().allMatch(row -> row.uid > 0) && random.nextBoolean();
            String set = byUid ? touched.getFirst().uid + ":" + touched.getLast().uid : written(range);
            ImapClient.Result result = client.command((byUid ? "UID STORE " : "STORE ") + set + condition + " " + sign
                    + "FLAGS" + (silent ? ".SILENT" : "") + " (" + names + ")");
            TreeSet<Long> refused = new TreeSet<>();
            if (result.code().startsWith("MODIFIED ")) {
                refused = Onlooker.numbers(result.code().substring(9));
            }
            Set<String> told = new TreeSet<>();
            for (ImapReply reply : result.all("FETCH")) {
                told.add(reply.atom(0));
            }
            for (int i = 0; i < touched.size(); i++) {
                Onlooker.Row row = touched.get(i);
                if (refused.contains(byUid ? row.uid : range[0] + i)) {
                    continue;
                }
                boolean unknown = told.contains(Long.toString(range[0] + i)) && !onlyModSeq(result, range[0] + i);
                if (silent && row.flags != null && !unknown) {
                    row.flags = changed(row.flags, sign, flags);
                }
                storeInModel(range[0] + i, row, sign, flags);
            }
        }

        private static boolean onlyModSeq(ImapClient.Result result, long seq) {
            return result.all("FETCH").stream()
                    .filter(reply -> reply.number() == seq)
                    .noneMatch(reply -> reply.fetch().containsKey("FLAGS"));
        }

        private void storeInModel(long seq, Onlooker.Row row, String sign, Set<String> flags) throws IOException {
            if (model == null) {
                return;
            }
            if (row.uid == 0) {
                // Only the server knows which message that is; it may be gone by now.
                ImapClient.Result result = client.command("FETCH " + seq + " UID");
                client.check(!result.all("FETCH").isEmpty(), "a message of the view can't be fetched");
            }
            model.flags.computeIfPresent(row.uid, (_, before) -> changed(before, sign, flags));
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
            ImapClient.Result result = client.command("FETCH " + written(range()) + " " + items);
            if (model == null) {
                return;
            }
            for (ImapReply reply : result.all("FETCH")) {
                if (reply.fetch().get("BODY[TEXT]") instanceof ImapReply.Text text) {
                    long uid = client.rows.get((int) reply.number() - 1).uid;
                    client.check(text.bytes().equals(model.texts.get(uid)), "text of UID " + uid + " differs");
                }
            }
        }

        private void readAll() throws IOException {
            client.command(random.nextBoolean() ? "UID FETCH 1:* (FLAGS)" : "FETCH 1:* (UID FLAGS)");
        }

        private void search() throws IOException {
            String flag = FLAGS.get(random.nextInt(FLAGS.size()));
            String key =
                    flag.startsWith("\\") ? flag.substring(1).toUpperCase(java.util.Locale.ROOT) : "KEYWORD " + flag;
            client.command("FETCH 1:* (UID)");
            int count = client.rows.size();
            List<Long> uids = client.rows.stream().map(row -> row.uid).toList();
            ImapClient.Result result = client.command("SEARCH " + key);
            TreeSet<Long> found = found(result);
            client.check(found.isEmpty() || found.first() >= 1 && found.last() <= count, "found what is not there");
            if (model == null) {
                return;
            }
            for (int seq = 1; seq <= count; seq++) {
                Set<String> flags = model.flags.get(uids.get(seq - 1));
                if (flags != null) {
                    client.check(found.contains((long) seq) == flags.contains(flag), seq + " has " + flags);
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
                if (reply.values().size() > 3) {
                    found.addAll(Onlooker.numbers(reply.atom(3)));
                }
            }
            return found;
        }

        private void expunge() throws IOException {
            client.command("NOOP");
            if (client.rows.isEmpty()) {
                return;
            }
            client.command("FETCH 1:* UID");
            List<Long> seen = client.rows.stream().map(row -> row.uid).toList();
            long[] range = range();
            boolean some = seen.get((int) range[1] - 1) > 0 && random.nextBoolean();
            long from = some ? seen.get((int) range[0] - 1) : 1;
            long to = some ? seen.get((int) range[1] - 1) : Long.MAX_VALUE;
            client.command(some ? "UID EXPUNGE " + from + ":" + to : "EXPUNGE");
            if (model != null) {
                model.flags
                        .entrySet()
                        .removeIf(entry -> entry.getValue().contains("\\Deleted")
                                && entry.getKey() >= from
                                && entry.getKey() <= to);
                compare();
            }
        }

        private void copy() throws IOException {
            boolean move = random.nextInt(3) == 0;
            String target = move ? "Elsewhere" : MAILBOX;
            ImapClient.Result result = client.command((move ? "MOVE " : "COPY ") + written(range()) + " " + target);
            if (model == null) {
                return;
            }
            String code = move ? moveCode(result) : result.code();
            if (!code.startsWith("COPYUID ")) {
                return;
            }
            List<Long> from = List.copyOf(Onlooker.numbers(code.split(" ")[2]));
            List<Long> to = List.copyOf(Onlooker.numbers(code.split(" ")[3]));
            for (int i = 0; i < from.size(); i++) {
                Set<String> flags = move ? model.flags.remove(from.get(i)) : model.flags.get(from.get(i));
                client.check(flags != null, "a message was copied that is not there: " + from.get(i));
                if (!move) {
                    model.flags.put(to.get(i), flags);
                    model.texts.put(to.get(i), model.texts.get(from.get(i)));
                }
            }
        }

        private static String moveCode(ImapClient.Result result) {
            return result.untagged().stream()
                    .filter(reply -> reply.code().startsWith("COPYUID "))
                    .map(ImapReply::code)
                    .findFirst()
                    .orElse("");
        }
    }
}
