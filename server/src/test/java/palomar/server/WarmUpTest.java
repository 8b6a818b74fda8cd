package palomar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.event.Event;
import palomar.net.Endpoint;

class WarmUpTest {
    private static final String MINE =
            "palomar-warm-up-" + ProcessHandle.current().pid() + "-";

    @TempDir
    private Path folder;

    private House house;

    @BeforeEach
    void start() {
        house = House.start(Plan.demo(folder, -1), Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private final List<String> said = new CopyOnWriteArrayList<>();

    private final Event event = Event.root(new Event.Sink() {
        @Override
        public boolean wants(Event.Level level, String name) {
            return true;
        }

        @Override
        public void accept(
                Event.Level level, String name, List<Object> fields, String text, @Nullable Throwable cause) {
            said.add(name + " " + text);
        }
    });

    private WarmUp warmUp(Duration delay) {
        return new WarmUp(house.network(), house.tls(), Clock.systemUTC(), event, delay);
    }

    private static List<Path> traces() throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().startsWith(MINE))
                    .toList();
        }
    }

    @Test
    void leavesNoTraceInStoreNetworkAndTemporaryDirectory() throws Exception {
        List<String> before = house.loft().users().toList();
        // Linux gives no process so high a number: one that was killed.
        Path dead = Files.createTempDirectory("palomar-warm-up-999999999-");
        Files.writeString(dead.resolve("imap"), "");
        try (WarmUp warmUp = warmUp(Duration.ZERO)) {
            warmUp.start();
            warmUp.await();
        }

        assertThat(said).isEmpty();
        assertThat(house.loft().users().toList()).isEqualTo(before);
        assertThat(house.network().waits()).isZero();
        assertThat(traces()).isEmpty();
        assertThat(dead).doesNotExist();
    }

    @Test
    void endsAtOnceWhenTheServerStops() throws IOException {
        WarmUp early = warmUp(Duration.ofDays(1));
        early.start();
        early.close();
        WarmUp never = warmUp(Duration.ZERO);
        never.close();
        WarmUp midway = warmUp(Duration.ZERO);
        midway.start();
        midway.close();

        assertThat(traces()).isEmpty();
    }

    @Test
    void seesRealSessionsWork() throws IOException {
        InetSocketAddress address = ((Endpoint.Tcp) house.listeners().getFirst().endpoint()).address();
        try (WarmUp warmUp = warmUp(Duration.ofDays(1));
                Socket socket = new Socket(address.getAddress(), address.getPort())) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            in.readLine();
            while (house.network().waits() == 0 || house.network().isBusy()) {
                Thread.onSpinWait();
            }
            assertThat(warmUp.stirs()).isTrue();
            assertThat(warmUp.stirs()).isFalse();

            socket.getOutputStream().write("a LOGIN anna".getBytes(StandardCharsets.US_ASCII));
            while (!house.network().isBusy()) {
                Thread.onSpinWait();
            }
            assertThat(warmUp.stirs()).isTrue();
            assertThat(warmUp.stirs()).isTrue();
        }
    }
}
