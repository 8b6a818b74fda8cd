package palomar.imap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import palomar.testkit.ImapClient;
import palomar.testkit.Seeds;
import palomar.testkit.TestServer;
import palomar.testkit.TestStores;

/// Two to twenty clients of different kinds at one mailbox, doing anything. Each believes only what it was told;
/// in turns, the beliefs are compared with a model after each NOOP; at the same time, with each other when all are
/// done.
///
/// A failure names the seed of its run and ends with the client's last dialogue. `./dev it ImapModelTest` runs it
/// for long.
class ImapModelTest {
    private static final String MAILBOX = "Shared";
    private static final int LONG_RUNS = Integer.getInteger("palomar.model.runs", 30);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"MEMORY, 1", "MEMORY, 2", "LOFT_IN_MEMORY, 3", "LOFT_IN_MEMORY, 4", "LOFT_IN_MEMORY, 5"})
    void inTurnsEachClientKnowsTheMailboxAfterNoop(TestStores store, long seed) throws Exception {
        inTurns(store, seed, 1000);
    }

    @ParameterizedTest
    @CsvSource({"MEMORY, 11", "LOFT_IN_MEMORY, 12", "LOFT_IN_MEMORY, 13", "LOFT_IN_FILES, 14"})
    void atTheSameTimeAllClientsAgreeAtLast(TestStores store, long seed) throws Exception {
        atTheSameTime(store, seed, 100);
    }

    @ParameterizedTest
    @EnumSource(TestStores.class)
    @Tag("slow")
    void longRuns(TestStores store) throws Exception {
        for (long seed = Seeds.seed(); seed < Seeds.seed() + LONG_RUNS; seed++) {
            inTurns(store, seed, 3000);
            atTheSameTime(store, seed, 300);
        }
    }

    private void inTurns(TestStores store, long seed, int steps) throws Exception {
        RandomGenerator random = new Random(seed);
        try (TestServer server = new TestServer(store.open(folder.resolve("turns" + seed)), List.of());
                Crowd crowd = new Crowd(server, store, seed, random)) {
            ModelTurn.Model model = new ModelTurn.Model();
            for (int step = 0; step < steps; step++) {
                Onlooker client = crowd.clients.get(random.nextInt(crowd.clients.size()));
                new ModelTurn(client, random, model).run();
            }
            for (Onlooker client : crowd.clients) {
                new ModelTurn(client, random, model).settle();
            }
        }
    }

    private void atTheSameTime(TestStores store, long seed, int steps) throws Exception {
        RandomGenerator random = new Random(seed);
        try (TestServer server = new TestServer(store.open(folder.resolve("together" + seed)), List.of());
                Crowd crowd = new Crowd(server, store, seed, random);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (Onlooker client : crowd.clients) {
                RandomGenerator own = new Random(random.nextLong());
                running.add(threads.submit(() -> {
                    for (int step = 0; step < steps; step++) {
                        new ModelTurn(client, own, null).run();
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
            crowd.agree(random);
        }
    }

    /// All clients of one run.
    private static final class Crowd implements AutoCloseable {
        final List<Onlooker> clients = new ArrayList<>();

        Crowd(TestServer server, TestStores store, long seed, RandomGenerator random) throws IOException {
            try (ImapClient first = ImapClient.connect(
                    new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), server.port()))) {
                first.ok("LOGIN " + TestServer.USER + " " + TestServer.PASSWORD);
                first.ok("CREATE Elsewhere");
            }
            int count = 2 + random.nextInt(seed % 3 == 0 ? 19 : 4);
            for (int i = 0; i < count; i++) {
                String name = store + ", seed " + seed + ", client " + i;
                clients.add(new Onlooker(name, ClientKind.any(random), server.port(), MAILBOX));
            }
        }

        /// What was believed is what a FETCH says now, and the same for all.
        void agree(RandomGenerator random) throws IOException {
            for (Onlooker client : clients) {
                new ModelTurn(client, random, null).settle();
            }
            new ModelTurn(clients.getFirst(), random, null).append();
            TreeMap<Long, Set<String>> first = null;
            for (Onlooker client : clients) {
                client.command("NOOP");
                List<Onlooker.Row> rows = List.copyOf(client.rows);
                List<Set<String>> believed = rows.stream().map(row -> row.flags).toList();
                client.command(client.kind.byUidOnly() ? "UID FETCH 1:* (UID FLAGS)" : "FETCH 1:* (UID FLAGS)");
                for (int i = 0; i < rows.size(); i++) {
                    Onlooker.Row row = rows.get(i);
                    client.check(
                            believed.get(i) == null || believed.get(i).equals(row.flags),
                            "believed " + believed.get(i) + " of UID " + row.uid + ", but it has " + row.flags);
                }
                TreeMap<Long, Set<String>> now = new TreeMap<>();
                client.rows.forEach(row -> now.put(row.uid, row.flags));
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
}
