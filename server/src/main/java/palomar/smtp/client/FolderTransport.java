package palomar.smtp.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import palomar.smtp.proto.SmtpReply;

/// Lets nothing out: each message becomes a file `.eml` in a folder, its envelope in two fields before it. For
/// demonstrations. Not synced. Safe for many threads.
public final class FolderTransport implements Transport {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path folder;
    private final InstantSource clock;
    private final AtomicInteger number = new AtomicInteger();

    public FolderTransport(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public Delivery deliver(Envelope envelope, OutgoingContent content) {
        Fate fate = fate(envelope, content);
        return new Delivery(envelope.recipients().stream().map(_ -> fate).toList(), Optional.empty());
    }

    private Fate fate(Envelope envelope, OutgoingContent content) {
        try {
            String name = write(envelope, content);
            return new Fate.Accepted(SmtpReply.of(250, "2.0.0", "kept as " + name), true);
        } catch (IOException failed) {
            return new Fate.Temporary(SmtpReply.of(451, "4.3.0", "can't keep it in " + folder + ": " + failed), false);
        }
    }

    private String write(Envelope envelope, OutgoingContent content) throws IOException {
        String name = NAME.format(clock.instant()) + "-" + number.incrementAndGet();
        StringBuilder head =
                new StringBuilder("X-Envelope-From: ").append(envelope.sender()).append("\r\n");
        for (EnvelopeRecipient recipient : envelope.recipients()) {
            head.append("X-Envelope-To: ").append(recipient.address()).append("\r\n");
        }
        Path beside = folder.resolve("." + name + ".new");
        Files.createDirectories(folder);
        try (OutputStream out = Files.newOutputStream(beside)) {
            out.write(head.toString().getBytes(StandardCharsets.UTF_8));
            content.source().writeTo(out, 0, Long.MAX_VALUE);
        }
        Files.move(beside, folder.resolve(name + ".eml"), StandardCopyOption.ATOMIC_MOVE);
        return name + ".eml";
    }

    @Override
    public String probe() {
        return "outgoing mail is kept in " + folder;
    }

    @Override
    public String where() {
        return folder.toString();
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public void tidy() {
        // Files stay until somebody removes them.
    }

    @Override
    public void close() {
        // Nothing is open between two messages.
    }
}
