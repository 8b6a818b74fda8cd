package palomar.server.command;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import palomar.net.Endpoint;
import palomar.net.Listener;
import palomar.server.ExitCode;
import palomar.server.House;
import palomar.server.Plan;
import palomar.server.Terminal;
import palomar.server.rehearsal.Partner;
import palomar.server.rehearsal.Play;
import palomar.server.rehearsal.Stage;
import palomar.server.rehearsal.Stage.Entrance;
import palomar.server.rehearsal.TrustingClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Lives a day of a server in a few seconds, so that the JVM learns which classes a start needs and which methods
/// become hot: run by `scripts/train.sh` while the JVM records an AOT cache. Talks to itself over loopback.
@Command(name = "train", hidden = true, header = "A training run for the AOT cache, in an empty directory.")
final class TrainCommand extends Helped implements Callable<Integer> {
    /// A build must not take longer; on a slow machine the training is shorter.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// How long the sessions at once go on after each start: enough for profiles of what matters.
    private static final Duration CROWDED = Duration.ofSeconds(3);

    /// The large mailbox: so many messages that its loops become hot.
    private static final int MESSAGES = 20_000;

    private static final int SINGLES = 400;

    /// Sessions at once.
    private static final int CROWD = 8;

    private static final int STARTS = 3;

    private final Terminal terminal;

    @Parameters(paramLabel = "DIR")
    private Path folder = Path.of(".");

    TrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        Path file = Files.writeString(folder.resolve("palomar.toml"), "[server]\ndata = \"" + folder + "/data\"\n");
        CommandLines.run(terminal, "config", "check", file.toString());
        CommandLines.run(terminal, "serve", "--help");
        terminal.out().print(DemoTable.of(Plan.demo(folder, 10_000)));
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (int start = 0; start < STARTS; start++) {
            try (House house = House.start(Plan.demo(folder.resolve("demo"), -1), Clock.systemUTC())) {
                train(new Play(new Loopback(house.listeners(), new TrustingClient(), end)), end);
            }
        }
        return ExitCode.OK.number();
    }

    private static void train(Play play, long end) throws IOException {
        play.fill("large", MESSAGES);
        play.large("large", SINGLES);
        long closing = Math.min(end, System.nanoTime() + CROWDED.toNanos());
        try (ExecutorService crowd = Executors.newFixedThreadPool(CROWD)) {
            List<Future<Boolean>> clients = new ArrayList<>();
            for (int i = 0; i < CROWD; i++) {
                int number = i;
                clients.add(crowd.submit(() -> {
                    for (int round = 0; System.nanoTime() < closing; round++) {
                        day(play, number, round);
                    }
                    return true;
                }));
            }
            for (Future<Boolean> client : clients) {
                client.get();
            }
        } catch (ExecutionException failed) {
            throw new IOException("a client of the training failed", failed);
        } catch (InterruptedException e) {
            throw new InterruptedIOException("the training was interrupted");
        }
    }

    private static void day(Play play, int client, int round) throws IOException {
        String user = "train" + client;
        play.delivery(user, round);
        play.session(round % 4 == 3 ? Entrance.IMAPS : Entrance.IMAP, user, round);
        play.visit(Entrance.IMAP, user);
        play.visit(Entrance.IMAPS, user);
    }

    /// @param end what goes on then ends early
    private record Loopback(List<Listener> listeners, TrustingClient tls, long end) implements Stage {
        @Override
        public Partner enter(Entrance entrance) throws IOException {
            boolean secure = entrance == Entrance.IMAPS;
            String protocol = entrance == Entrance.LMTP ? "lmtp" : "imap";
            for (Listener listener : listeners) {
                if (listener.settings().protocol().equals(protocol)
                        && listener.settings().implicitTls() == secure
                        && listener.endpoint() instanceof Endpoint.Tcp(InetSocketAddress address)) {
                    Socket socket = new Socket();
                    socket.connect(address);
                    socket.setTcpNoDelay(true);
                    socket.setSoTimeout(10_000);
                    return secure
                            ? tls.partner(socket)
                            : new Partner(socket.getInputStream(), socket.getOutputStream());
                }
            }
            throw new IOException("no listener for " + entrance);
        }

        @Override
        public boolean mayGoOn() {
            return System.nanoTime() < end;
        }
    }
}
