package palomar.server.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.net.Endpoint;
import palomar.net.Listener;
import palomar.server.House;
import palomar.server.Plan;
import palomar.server.rehearsal.Stage.Entrance;

class PlayTest {
    @TempDir
    private Path folder;

    private House house;
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final AtomicInteger lines = new AtomicInteger();
    private int mostLines = Integer.MAX_VALUE;

    private final Stage stage = new Stage() {
        @Override
        public Partner enter(Entrance entrance) throws IOException {
            String protocol = entrance == Entrance.LMTP ? "lmtp" : "imap";
            Listener listener = house.listeners().stream()
                    .filter(each -> each.settings().protocol().equals(protocol)
                            && !each.settings().implicitTls())
                    .findFirst()
                    .orElseThrow();
            InetSocketAddress address = ((Endpoint.Tcp) listener.endpoint()).address();
            Socket socket = new Socket(address.getAddress(), address.getPort());
            return new Partner(socket.getInputStream(), socket.getOutputStream());
        }

        @Override
        public boolean mayGoOn() {
            return lines.incrementAndGet() < mostLines;
        }

        @Override
        public void refused(String command) {
            refused.add(command);
        }
    };

    private final Play play = new Play(stage);

    @BeforeEach
    void start() {
        house = House.start(Plan.demo(folder, -1), Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        house.close();
    }

    @Test
    void everyLineOfASessionIsAccepted() throws IOException {
        play.session(Entrance.IMAP, "anna", 0);
        play.session(Entrance.IMAP, "anna", 39);
        play.visit(Entrance.IMAP, "anna");

        assertThat(refused).isEmpty();
        assertThat(lines).hasValueGreaterThan(40);
    }

    @Test
    void mailComesIn() throws IOException {
        play.delivery("anna", 7);

        try (Partner reader = stage.enter(Entrance.IMAP)) {
            reader.command("LOGIN anna demo");
            reader.command("STATUS INBOX (MESSAGES)");
            assertThat(reader.number("(MESSAGES")).isEqualTo(4);
            reader.command("EXAMINE INBOX");
            reader.command("SEARCH HEADER Message-ID .letter@example.org");
            assertThat(reader.number("* SEARCH 1 2 3")).isEqualTo(4);
        }
    }

    @Test
    void everyLineAboutTheLargeMailboxIsAccepted() throws IOException {
        play.fill("anna", 300);
        play.large("anna", 20);

        assertThat(refused).isEmpty();
        try (Partner reader = stage.enter(Entrance.IMAP)) {
            reader.command("LOGIN anna demo");
            reader.command("STATUS Archive (MESSAGES)");
            assertThat(reader.number("(MESSAGES")).isEqualTo(300);
            reader.command("LIST \"\" (Copied Moved Half)");
            assertThat(reader.accepted()).isTrue();
        }
    }

    @Test
    void isOverWhenTheStageSaysSo() throws IOException {
        mostLines = 10;

        play.session(Entrance.IMAP, "anna", 0);

        assertThat(lines).hasValue(10);
    }

    @Test
    void aCommandThatIsNotAcceptedIsNoticed() throws IOException {
        try (Partner client = stage.enter(Entrance.IMAP)) {
            client.command("LOGIN anna wrong");
            assertThat(client.accepted()).isFalse();
            client.command("NOOP");
            assertThat(client.accepted()).isTrue();
        }
    }
}
