package palomar.smtp.client;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import palomar.bytes.LineEnds;
import palomar.smtp.proto.SmtpReply;

/// Hands mail to a program that speaks as `sendmail` does: `PROGRAM -i -f SENDER -- RECIPIENT...`, the message on
/// standard input with LF line ends. No shell is involved. Safe for many threads.
///
/// Exit codes are those of sysexits.h. 0 is accepted; 65 (data), 67 (no user) and 68 (no host) are permanent; all
/// others are temporary, because they can mean that the program is set up wrong. DSN wishes are not passed on.
public final class SendmailTransport implements Transport {
    private static final int MOST_RECIPIENTS = 100;
    private static final int MOST_OUTPUT = 2048;
    private static final int DATA_ERROR = 65;
    private static final int NO_USER = 67;
    private static final int NO_HOST = 68;
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final List<String> command;
    private final Duration limit;
    private final int width;
    private final Semaphore places;
    private final Watchdog watchdog = new Watchdog();

    /// @param command the program and arguments that come first
    /// @param limit for one message
    /// @param width programs at once
    public SendmailTransport(List<String> command, Duration limit, int width) {
        this.command = List.copyOf(command);
        this.limit = limit;
        this.width = width;
        this.places = new Semaphore(width);
    }

    @Override
    public Delivery deliver(Envelope envelope, OutgoingContent content) throws IOException {
        Optional<SmtpReply> refusal = unfit(envelope);
        if (refusal.isPresent()) {
            Fate never = new Fate.Permanent(refusal.get(), false);
            return new Delivery(envelope.recipients().stream().map(_ -> never).toList(), Optional.empty());
        }
        List<Fate> fates = new ArrayList<>();
        List<EnvelopeRecipient> all = envelope.recipients();
        for (int from = 0; from < all.size(); from += MOST_RECIPIENTS) {
            Envelope some = envelope.to(all.subList(from, Math.min(all.size(), from + MOST_RECIPIENTS)));
            places.acquireUninterruptibly();
            try {
                Fate fate = run(some, content);
                some.recipients().forEach(recipient -> fates.add(fate));
            } finally {
                places.release();
            }
        }
        return new Delivery(fates, Optional.empty());
    }

    private static Optional<SmtpReply> unfit(Envelope envelope) {
        boolean returned = envelope.options()
                .deliverBy()
                .filter(by -> by.mode() == DeliverBy.Mode.RETURN)
                .isPresent();
        if (envelope.options().requireTls()) {
            return Optional.of(
                    SmtpReply.of(550, "5.7.30", "the sender requires TLS, which the relay does not promise"));
        }
        return returned
                ? Optional.of(SmtpReply.of(550, "5.3.3", "the relay does not promise delivery in time"))
                : Optional.empty();
    }

    private Fate run(Envelope envelope, OutgoingContent content) throws IOException {
        List<String> words = new ArrayList<>(command);
        String sender = envelope.sender().address();
        words.addAll(List.of("-i", "-f", sender.isEmpty() ? "<>" : sender, "--"));
        envelope.recipients().forEach(recipient -> words.add(recipient.address().address()));
        Process process;
        try {
            process = new ProcessBuilder(words).redirectErrorStream(true).start();
        } catch (IOException missing) {
            return later("can't run " + command.getFirst() + ": " + missing.getMessage());
        }
        Watchdog.Leash leash = watchdog.watch(process::destroyForcibly);
        try {
            leash.set(limit);
            Captured captured = new Captured(process.getInputStream());
            Thread reader = Thread.ofVirtual().name("sendmail-output").start(captured);
            feed(process, content);
            int exit = process.waitFor();
            reader.join(GOODBYE);
            return leash.expired()
                    ? later(command.getFirst() + " took longer than " + limit.toSeconds() + " s")
                    : fate(exit, captured.text());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return later("interrupted");
        } finally {
            leash.end();
            process.destroyForcibly();
        }
    }

    /// The program may end without reading all of it: then its exit code says why.
    private static void feed(Process process, OutgoingContent content) throws IOException {
        Stdin stdin = new Stdin(process.getOutputStream());
        try (OutputStream out = new BufferedOutputStream(stdin, 64 * 1024)) {
            copy(process, content, stdin, out);
        } catch (IOException failed) {
            if (!stdin.failed) {
                throw failed;
            }
        }
    }

    private static void copy(Process process, OutgoingContent content, Stdin stdin, OutputStream out)
            throws IOException {
        try (InputStream in = content.source().open()) {
            in.transferTo(new UnixLines(out));
        } catch (IOException failed) {
            if (!stdin.failed) {
                // Our own content broke: the program must not see an end of input and believe that it has all.
                process.destroyForcibly();
            }
            throw failed;
        }
    }

    private static Fate later(String text) {
        return new Fate.Temporary(SmtpReply.of(451, "4.3.0", text), false);
    }

    private Fate fate(int exit, String output) {
        String text = command.getFirst() + " ended with " + exit + (output.isEmpty() ? "" : ": " + output);
        return switch (exit) {
            case 0 -> new Fate.Accepted(SmtpReply.of(250, "2.0.0", "taken by " + command.getFirst()), false);
            case DATA_ERROR -> new Fate.Permanent(SmtpReply.of(554, "5.6.0", text), true);
            case NO_USER -> new Fate.Permanent(SmtpReply.of(550, "5.1.1", text), true);
            case NO_HOST -> new Fate.Permanent(SmtpReply.of(550, "5.1.2", text), true);
            default -> new Fate.Temporary(SmtpReply.of(451, "4.3.0", text), true);
        };
    }

    @Override
    public String probe() throws RelayTrouble {
        Path program = Path.of(command.getFirst());
        if (!Files.isExecutable(program)) {
            throw new RelayTrouble("4.3.0", program + " is no program that can be run");
        }
        return program + " can be run";
    }

    @Override
    public String where() {
        return command.getFirst();
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void tidy() {
        // Nothing is kept between two messages.
    }

    @Override
    public void close() {
        watchdog.close();
    }

    /// Remembers whether it was the program that did not take it.
    private static final class Stdin extends FilterOutputStream {
        private boolean failed;

        Stdin(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException closed) {
                failed = true;
                throw closed;
            }
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } catch (IOException closed) {
                failed = true;
                throw closed;
            }
        }
    }

    /// Takes the CR out of CRLF.
    private static final class UnixLines extends OutputStream {
        private final OutputStream out;
        private boolean heldCr;

        UnixLines(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            byte[] one = {(byte) b};
            write(one, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int end = offset + length;
            int at = offset;
            while (at < end) {
                if (heldCr && bytes[at] != '\n') {
                    out.write('\r');
                }
                heldCr = false;
                int lineFeed = LineEnds.next(bytes, at, end);
                boolean cr = lineFeed > at && bytes[lineFeed - 1] == '\r';
                out.write(bytes, at, lineFeed - at - (cr ? 1 : 0));
                if (lineFeed == end) {
                    heldCr = cr;
                    return;
                }
                out.write('\n');
                at = lineFeed + 1;
            }
        }
    }

    /// What the program says, the beginning of it; the rest is read so that it does not block.
    private static final class Captured implements Runnable {
        private final InputStream in;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        Captured(InputStream in) {
            this.in = in;
        }

        @Override
        public void run() {
            byte[] bytes = new byte[1024];
            try (in) {
                for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                    add(bytes, count);
                }
            } catch (IOException ended) {
                add(new byte[0], 0); // what came before stands
            }
        }

        private synchronized void add(byte[] bytes, int count) {
            kept.write(bytes, 0, Math.min(count, MOST_OUTPUT - kept.size()));
        }

        synchronized String text() {
            StringBuilder text = new StringBuilder();
            kept.toString(StandardCharsets.UTF_8)
                    .codePoints()
                    .map(c -> Character.isISOControl(c) ? ' ' : c)
                    .forEach(text::appendCodePoint);
            return text.toString().strip();
        }
    }
}
