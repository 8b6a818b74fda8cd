package palomar.outbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.smtp.client.Delivery;
import palomar.smtp.client.Envelope;
import palomar.smtp.client.EnvelopeRecipient;
import palomar.smtp.client.Fate;
import palomar.smtp.client.OutgoingContent;
import palomar.smtp.client.Transport;
import palomar.smtp.proto.SmtpReply;

/// A way out that does what a test says and writes down what came. Safe for many threads.
final class FakeRelay implements Transport {
    /// One recipient of one delivery that was accepted.
    record Sent(String from, String to, String text) {}

    private final List<Sent> sent = new ArrayList<>();
    private final Map<String, Fate> fates = new HashMap<>();
    private final List<Envelope> tries = new ArrayList<>();
    private @Nullable SmtpReply trouble;
    private boolean dsn = true;

    static Fate temporary(String text) {
        return new Fate.Temporary(SmtpReply.of(451, "4.2.1", text), true);
    }

    static Fate permanent(String text) {
        return new Fate.Permanent(SmtpReply.of(550, "5.1.1", text), true);
    }

    synchronized void answer(String recipient, @Nullable Fate fate) {
        if (fate == null) {
            fates.remove(recipient);
        } else {
            fates.put(recipient, fate);
        }
    }

    synchronized void down(boolean isDown) {
        trouble = isDown ? SmtpReply.of(421, "4.4.1", "nobody there") : null;
    }

    synchronized void dsn(boolean on) {
        dsn = on;
    }

    synchronized List<Sent> sent() {
        return List.copyOf(sent);
    }

    synchronized int tries() {
        return tries.size();
    }

    synchronized List<Envelope> envelopes() {
        return List.copyOf(tries);
    }

    @Override
    public synchronized Delivery deliver(Envelope envelope, OutgoingContent content) throws IOException {
        tries.add(envelope);
        SmtpReply down = trouble;
        List<Fate> all = new ArrayList<>();
        for (EnvelopeRecipient recipient : envelope.recipients()) {
            String address = recipient.address().address();
            Fate accepted = new Fate.Accepted(SmtpReply.of(250, "2.0.0", "ok"), dsn);
            Fate fate = down != null ? new Fate.Temporary(down, false) : fates.getOrDefault(address, accepted);
            all.add(fate);
            if (fate instanceof Fate.Accepted) {
                String text = new String(content.source().bytes(), StandardCharsets.UTF_8);
                sent.add(new Sent(envelope.sender().address(), address, text));
            }
        }
        return new Delivery(all, Optional.ofNullable(down));
    }

    @Override
    public String probe() {
        return "fake";
    }

    @Override
    public String where() {
        return "relay.example:25";
    }

    @Override
    public int width() {
        return 4;
    }

    @Override
    public void tidy() {
        // nothing is kept
    }

    @Override
    public void close() {
        // nothing is open
    }
}
