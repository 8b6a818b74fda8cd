package palomar.smtp.client;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.smtp.proto.SmtpReply;

/// One transaction over one connection. Used once, by one thread.
final class RelayDelivery {
    private static final int CHUNK = 64 * 1024;

    private final SmtpConnection connection;
    private final Envelope envelope;
    private final OutgoingContent content;
    private final Fate[] fates;

    RelayDelivery(SmtpConnection connection, Envelope envelope, OutgoingContent content) {
        this.connection = connection;
        this.envelope = envelope;
        this.content = content;
        this.fates = new Fate[envelope.recipients().size()];
    }

    /// Throws [RelayTrouble] when the connection breaks before anything was decided that must not be forgotten;
    /// any
    /// other IOException is the content's.
    List<Fate> run(Instant now) throws IOException {
        SubmissionPlan plan = SubmissionPlan.of(envelope, content, connection.extensions(), connection.trusted(), now);
        if (plan.refusal().isPresent()) {
            return all(new Fate.Permanent(plan.refusal().get(), false));
        }
        List<Integer> asked = ask(plan);
        if (asked.isEmpty()) {
            return decided(null);
        }
        try {
            send(plan, asked);
        } catch (RelayTrouble trouble) {
            if (Arrays.stream(fates).allMatch(Objects::isNull)) {
                throw trouble;
            }
            connection.close();
            return decided(trouble.reply());
        }
        return decided(null);
    }

    private List<Fate> all(Fate fate) {
        Arrays.fill(fates, fate);
        return List.of(fates);
    }

    /// What is undecided yet is to be tried again.
    private List<Fate> decided(@Nullable SmtpReply trouble) {
        SmtpReply why = trouble == null
                ? SmtpReply.of(421, "4.4.2", "the relay closed the connection before it decided")
                : trouble;
        for (int i = 0; i < fates.length; i++) {
            fates[i] = Optional.ofNullable(fates[i]).orElse(new Fate.Temporary(why, false));
        }
        return List.of(fates);
    }

    /// The recipients that the relay takes, by their number.
    private List<Integer> ask(SubmissionPlan plan) throws IOException {
        boolean utf8 = connection.extensions().has("SMTPUTF8");
        List<Integer> asked = new ArrayList<>();
        List<String> rcpts = new ArrayList<>();
        for (int i = 0; i < fates.length; i++) {
            EnvelopeRecipient recipient = envelope.recipients().get(i);
            if (recipient.address().needsUtf8() && !utf8) {
                fates[i] =
                        new Fate.Permanent(SmtpReply.of(553, "5.6.7", "the relay takes only ASCII addresses"), false);
            } else {
                asked.add(i);
                rcpts.add(SubmissionPlan.rcpt(recipient, connection.extensions()));
            }
        }
        if (asked.isEmpty()) {
            return asked;
        }
        List<SmtpReply> replies = connection.envelope(plan.mail(), rcpts);
        if (!SmtpConnection.isOk(replies.getFirst())) {
            asked.forEach(i -> fates[i] = Fate.refused(replies.getFirst()));
            return List.of();
        }
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i + 1 < replies.size(); i++) {
            if (!SmtpConnection.isOk(replies.get(i + 1))) {
                fates[asked.get(i)] = Fate.refused(replies.get(i + 1));
            } else {
                taken.add(asked.get(i));
            }
        }
        return connection.usable() ? taken : List.of();
    }

    private void send(SubmissionPlan plan, List<Integer> taken) throws IOException {
        List<SmtpReply> ends = plan.chunked() ? chunks(taken.size()) : lines(plan, taken.size());
        boolean dsn = connection.extensions().has("DSN");
        for (int i = 0; i < taken.size(); i++) {
            if (i < ends.size()) {
                SmtpReply reply = ends.get(i);
                boolean ok = SmtpConnection.isOk(reply);
                fates[taken.get(i)] = ok ? new Fate.Accepted(reply, dsn) : Fate.refused(reply);
            }
        }
    }

    private List<SmtpReply> lines(SubmissionPlan plan, int accepted) throws IOException {
        SmtpReply start = connection.startData();
        if (start.refuses()) {
            return Collections.nCopies(accepted, start);
        }
        DataWriter data = connection.data();
        if (plan.converted().isPresent()) {
            plan.converted().get().writeTo(data);
        } else {
            content.source().writeTo(data, 0, Long.MAX_VALUE);
        }
        return connection.finishData(data, accepted);
    }

    private List<SmtpReply> chunks(int accepted) throws IOException {
        try (InputStream in = content.source().open()) {
            byte[] now = in.readNBytes(CHUNK);
            while (true) {
                byte[] next = in.readNBytes(CHUNK);
                List<SmtpReply> replies = connection.chunk(now, 0, now.length, next.length == 0, accepted);
                if (next.length == 0) {
                    return replies;
                }
                if (!SmtpConnection.isOk(replies.getFirst())) {
                    return Collections.nCopies(accepted, replies.getFirst());
                }
                now = next;
            }
        }
    }
}
