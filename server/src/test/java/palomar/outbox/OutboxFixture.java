package palomar.outbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import palomar.bytes.ByteSource;
import palomar.event.Event;
import palomar.smtp.client.Envelope;
import palomar.smtp.proto.SmtpPath;
import palomar.testkit.HostileDisk;
import palomar.testkit.ManualClock;

/// An outbox on a hostile disk with a relay that does as it is told.
final class OutboxFixture {
    static final Path FOLDER = Path.of("/spool");
    static final String TEXT = "Subject: hello\r\nFrom: ann@a.example\r\n\r\nbody\r\n";

    final HostileDisk disk;
    final ManualClock clock = new ManualClock();
    final FakeRelay relay = new FakeRelay();
    final CarrierSettings patience = new CarrierSettings(
            Duration.ofMinutes(1),
            Duration.ofHours(4),
            Duration.ofDays(5),
            Optional.empty(),
            "mail.example",
            "postmaster@mail.example");

    OutboxFixture(RandomGenerator random) {
        disk = new HostileDisk(random);
    }

    static SmtpPath path(String text) {
        return SmtpPath.parse(text).orElseThrow();
    }

    static OutgoingMessage message(String key, String... recipients) {
        return from("ann@a.example", key, recipients);
    }

    static OutgoingMessage from(String sender, String key, String... recipients) {
        SmtpPath[] to = new SmtpPath[recipients.length];
        for (int i = 0; i < to.length; i++) {
            to[i] = path(recipients[i]);
        }
        SmtpPath from = sender.isEmpty() ? SmtpPath.NULL : path(sender);
        return OutgoingMessage.of(key, Envelope.of(from, to), content(TEXT));
    }

    static ByteSource content(String text) {
        return ByteSource.of(text.getBytes(StandardCharsets.UTF_8));
    }

    SpooledOutbox open() throws IOException {
        return open(SpoolSettings.of(FOLDER), patience);
    }

    SpooledOutbox open(SpoolSettings spool, CarrierSettings settings) throws IOException {
        return SpooledOutbox.open(spool, settings, relay, disk, clock, Event.SILENT);
    }

    static SpoolSettings small(int messages) {
        SpoolSettings usual = SpoolSettings.of(FOLDER);
        return new SpoolSettings(FOLDER, messages, 1000, 3, usual.spare(), usual.remember());
    }
}
