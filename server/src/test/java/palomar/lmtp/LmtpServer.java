package palomar.lmtp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import palomar.delivery.Deliveries;
import palomar.delivery.DeliverySettings;
import palomar.delivery.FaultyStorage;
import palomar.delivery.KnownUsers;
import palomar.delivery.MessageFilter;
import palomar.event.Event;
import palomar.mail.MailboxName;
import palomar.net.Cidr;
import palomar.net.Endpoint;
import palomar.net.Listener;
import palomar.net.ListenerSettings;
import palomar.net.Network;
import palomar.net.SelfSigned;
import palomar.net.TlsContexts;
import palomar.storage.QuotaLimits;
import palomar.storage.UserMail;
import palomar.storage.memory.MemoryStorage;
import palomar.testkit.WireClient;

/// An LMTP server on loopback over a store in memory: bob (with a mailbox `lists`), carol, dave, 20 recipients and
/// 100,000 bytes a message at most, XCLIENT allowed.
final class LmtpServer implements AutoCloseable {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.ofHours(1));

    final FaultyStorage storage = new FaultyStorage(new MemoryStorage(CLOCK, new Random(1)));
    final Network network = new Network(InstantSource.system(), Event.SILENT);
    final Deliveries deliveries;
    final LmtpService service;
    final Listener listener;

    LmtpServer(Path folder) throws Exception {
        this(folder, MessageFilter.NONE);
    }

    LmtpServer(Path folder, MessageFilter filter) throws Exception {
        DeliverySettings delivery =
                new DeliverySettings("mail.example.org", "+", true, false, 100_000, false, QuotaLimits.NONE);
        deliveries = new Deliveries(
                new KnownUsers(Set.of("bob", "carol", "dave", "björn", "eve@example.org")),
                storage,
                CLOCK,
                delivery,
                filter,
                Event.SILENT);
        LmtpSettings settings = new LmtpSettings(20, Duration.ofMinutes(5), true, List.of(Cidr.parse("127.0.0.1")));
        TlsContexts tls = TlsContexts.load(SelfSigned.create(folder, List.of(), InstantSource.system()));
        service = new LmtpService(deliveries, Optional.of(tls), settings, Event.SILENT);
        Endpoint endpoint = new Endpoint.Tcp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener = network.listen(ListenerSettings.of("lmtp", endpoint, false), null, service);
        try (UserMail bob = storage.open("bob")) {
            bob.create(MailboxName.of("lists"), Set.of());
        }
    }

    InetSocketAddress address() {
        return ((Endpoint.Tcp) listener.endpoint()).address();
    }

    WireClient connect() throws Exception {
        WireClient client = WireClient.connect(address());
        client.expect("220 mail.example.org ");
        return client;
    }

    /// Plays a dialogue: `C: ` sends a line, `S: ` expects a line that begins so.
    static void play(WireClient client, String dialogue) throws Exception {
        for (String line : dialogue.lines().toList()) {
            if (line.startsWith("C: ")) {
                client.send(new String(line.substring(3).getBytes("UTF-8"), "ISO-8859-1") + "\r\n");
            } else if (line.startsWith("S: ")) {
                client.expect(line.substring(3));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                throw new IllegalArgumentException("no line of a dialogue: " + line);
            }
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
