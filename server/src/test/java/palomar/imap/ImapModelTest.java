package palomar.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import palomar.testkit.Seeds;
import palomar.testkit.TestServer;
import palomar.testkit.TestStores;

/// Several clients of different ages work at random in one mailbox; none may believe anything wrong at the end.
class ImapModelTest {
    private static final String[] KINDS = {"", "CONDSTORE", "QRESYNC", ""};

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(TestStores.class)
    void clientsThatTakeTurnsBelieveWhatIsThere(TestStores store) throws Exception {
        RandomGenerator random = Seeds.random("turns");
        try (TestServer server = server(store)) {
            List<ModelSession> sessions = sessions(server, random);
            for (int step = 0; step < 400; step++) {
                sessions.get(random.nextInt(sessions.size())).step();
            }
            compare(sessions);
        }
    }

    @ParameterizedTest
    @EnumSource(TestStores.class)
    void clientsAtTheSameTimeBelieveWhatIsThere(TestStores store) throws Exception {
        try (TestServer server = server(store);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<ModelSession> sessions = sessions(server, Seeds.random("together"));
            List<Future<Boolean>> running = new ArrayList<>();
            for (ModelSession session : sessions) {
                Callable<Boolean> work = () -> {
                    for (int step = 0; step < 150; step++) {
                        session.step();
                    }
                    return true;
                };
                running.add(threads.submit(work));
            }
            for (Future<Boolean> each : running) {
                assertThat(each.get()).as("seed %d", Seeds.seed()).isTrue();
            }
            compare(sessions);
        }
    }

    private TestServer server(TestStores store) throws IOException {
        TestServer server = new TestServer(store.open(folder.resolve("store")), List.of());
        server.fill("INBOX", List.of("plain", "reply (\\Seen)", "bare", "empty ($Work)", "plain"));
        server.fill("Other", List.of());
        return server;
    }

    private static List<ModelSession> sessions(TestServer server, RandomGenerator random) throws IOException {
        List<ModelSession> sessions = new ArrayList<>();
        for (int i = 0; i < KINDS.length; i++) {
            RandomGenerator own = new java.util.Random(random.nextLong());
            sessions.add(new ModelSession("session " + i + " " + KINDS[i], server.port(), KINDS[i], own));
        }
        return sessions;
    }

    private static void compare(List<ModelSession> sessions) throws IOException {
        List<String> first = sessions.getFirst().belief();
        for (ModelSession session : sessions) {
            List<String> belief = session.belief();
            assertThat(belief).as("seed %d", Seeds.seed()).isEqualTo(first);
            assertThat(belief).as("seed %d", Seeds.seed()).isEqualTo(session.truth());
        }
        for (ModelSession session : sessions) {
            session.close();
        }
    }
}
