package palomar.server;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import palomar.event.Event;
import palomar.mail.MailException;
import palomar.net.Endpoint;
import palomar.net.ListenerSettings;
import palomar.net.Network;
import palomar.net.TlsContexts;
import palomar.os.RealDisk;
import palomar.outbox.Outbox;
import palomar.server.rehearsal.ChannelSocket;
import palomar.server.rehearsal.Partner;
import palomar.server.rehearsal.Play;
import palomar.server.rehearsal.Stage;
import palomar.server.rehearsal.TrustingClient;
import palomar.storage.loft.v1.LoftSettings;
import palomar.storage.loft.v1.LoftStorage;

/// Plays mail sessions after a start, so that the JVM has compiled what clients need before they come: a server of
/// its own behind Unix sockets, with a store in a temporary directory, of which nothing is seen in the log, in
/// `who` or in the data directory. It stands back while a real session works, and gives up where no time is left
/// for it.
///
/// One thread of its own; [#close()] may be called by any.
public final class WarmUp implements AutoCloseable {
    /// Who starts a server to ask it one thing is gone by then.
    private static final Duration DELAY = Duration.ofSeconds(1);

    private static final Duration LONGEST = Duration.ofMinutes(2);

    /// How long no real session must have worked.
    private static final long QUIET_MILLIS = 250;

    /// With so many sessions a server gets warm without help.
    private static final int CROWD = 100;

    /// The least that brings the loops over messages and the handling of commands to the second compiler.
    private static final int MESSAGES = 3000;

    private static final int ROUNDS = 4;
    private static final int SESSIONS = 25;
    private static final int SINGLES = 400;

    private static final String FOLDER = "palomar-warm-up-";
    private static final long SEGMENT = 16L << 20;
    private static final int OWNER_ONLY = 0600;

    private final Network real;
    private final TlsContexts tls;
    private final Clock clock;
    private final Event event;
    private final long end = System.nanoTime() + LONGEST.toNanos();
    private final Duration delay;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private long waitsSeen;

    WarmUp(Network real, TlsContexts tls, Clock clock, Event event, Duration delay) {
        this.delay = delay;
        this.real = real;
        this.tls = tls;
        this.clock = clock;
        this.event = event;
        this.thread = Thread.ofPlatform().name("warm-up").daemon().unstarted(this::run);
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    /// For a house that has just started.
    public static WarmUp of(House house, Clock clock) {
        return new WarmUp(house.network(), house.tls(), clock, house.log().event(), DELAY);
    }

    /// Begins, after a moment.
    public void start() {
        thread.start();
    }

    private void run() {
        try {
            if (stop.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
            Path folder =
                    Files.createTempDirectory(FOLDER + ProcessHandle.current().pid() + "-");
            try {
                removeForgotten(folder);
                practise(folder);
            } finally {
                remove(folder);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | GeneralSecurityException | MailException failed) {
            // A server that is slow at first is all that comes of it; most likely it just had to end.
            event.debug("server.warm-up", "ended early: " + failed);
        }
    }

    private void practise(Path folder) throws IOException, GeneralSecurityException {
        LoftSettings usual = LoftSettings.of(folder.resolve("loft"));
        LoftSettings settings = usual.withShards(1)
                .withSync(LoftSettings.Sync.NONE)
                .withTuning(usual.tuning().withSegmentBytes(SEGMENT));
        Plan plan = Plan.demo(folder, -1);
        try (LoftStorage store = LoftStorage.open(settings, new RealDisk(), clock, new Random(), Event.SILENT);
                Protocols protocols = new Protocols(plan, store, _ -> Outbox.Taken.QUEUED, tls, clock, Event.SILENT);
                Network network = new Network(clock, Event.SILENT)) {
            for (Stage.Entrance entrance : Stage.Entrance.values()) {
                Endpoint endpoint = new Endpoint.Unix(socket(folder, entrance), OWNER_ONLY);
                String protocol = entrance == Stage.Entrance.LMTP ? "lmtp" : "imap";
                network.listen(
                        ListenerSettings.of(protocol, endpoint, entrance == Stage.Entrance.IMAPS),
                        tls,
                        Objects.requireNonNull(protocols.handlers().get(protocol)));
            }
            play(new Play(new Behind(folder, new TrustingClient())));
        }
    }

    private static Path socket(Path folder, Stage.Entrance entrance) {
        return folder.resolve(entrance.name());
    }

    private void play(Play play) throws IOException {
        play.fill("large", MESSAGES);
        for (int round = 0; round < ROUNDS * SESSIONS && mayGoOn(); round++) {
            if (round % SESSIONS == 0) {
                play.large("large", SINGLES);
            }
            play.delivery("small", round);
            play.session(Stage.Entrance.IMAP, "small", round);
            play.visit(Stage.Entrance.IMAP, "small");
            play.visit(Stage.Entrance.IMAPS, "small");
            play.visit(Stage.Entrance.IMAPS, "small");
        }
    }

    private boolean mayGoOn() {
        try {
            while (stop.getCount() > 0 && System.nanoTime() < end && real.count() < CROWD) {
                if (!stirs()) {
                    return true;
                }
                if (stop.await(QUIET_MILLIS, TimeUnit.MILLISECONDS)) {
                    return false;
                }
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Whether a real session has worked since it was asked last, or works now.
    boolean stirs() {
        long waits = real.waits();
        boolean stirs = waits != waitsSeen || real.isBusy();
        waitsSeen = waits;
        return stirs;
    }

    private final class Behind implements Stage {
        private final Path folder;
        private final TrustingClient secure;

        Behind(Path folder, TrustingClient secure) {
            this.folder = folder;
            this.secure = secure;
        }

        @Override
        public Partner enter(Entrance entrance) throws IOException {
            SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket(folder, entrance)));
            if (entrance == Entrance.IMAPS) {
                return secure.partner(new ChannelSocket(channel));
            }
            return new Partner(Channels.newInputStream(channel), Channels.newOutputStream(channel));
        }

        @Override
        public boolean mayGoOn() {
            return WarmUp.this.mayGoOn();
        }
    }

    /// What a process that was killed has left.
    private static void removeForgotten(Path mine) throws IOException {
        Path parent = mine.getParent();
        if (parent == null) {
            return;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, FOLDER + "*")) {
            for (Path each : all) {
                String[] words =
                        each.getFileName().toString().substring(FOLDER.length()).split("-", 2);
                boolean ours = Files.getOwner(each, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(mine));
                if (ours
                        && isNumber(words[0])
                        && ProcessHandle.of(Long.parseLong(words[0])).isEmpty()) {
                    remove(each);
                }
            }
        }
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /// Waits until it is over; for tests.
    void await() throws InterruptedException {
        thread.join();
    }

    /// Ends it, within the time of one command, if it was started.
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
