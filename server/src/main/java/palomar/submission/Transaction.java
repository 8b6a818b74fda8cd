package palomar.submission;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import palomar.event.Event;
import palomar.net.KeyedPermits;
import palomar.smtp.client.EnvelopeRecipient;
import palomar.smtp.client.Extensions;
import palomar.smtp.client.Notify;
import palomar.smtp.client.RelayTrouble;
import palomar.smtp.proto.SmtpCommand;
import palomar.smtp.proto.SmtpPath;
import palomar.smtp.proto.SmtpReply;

/// One message of a user, from MAIL to the relay's last word. One thread.
final class Transaction implements AutoCloseable {
    private static final int LONGEST_ADDRESS = 320;

    private final SmtpCommand.Mail mail;
    private final Passage passage;
    private final String id;
    private final String user;
    private final KeyedPermits.Permit permit;
    private final HourlyLimits limits;
    private final SubmissionSettings settings;
    private final Event event;
    private int recipients;
    private int counted;
    private @Nullable SmtpPath onlyRecipient;
    private @Nullable MessageSink sink;
    private boolean accepted;
    private Optional<SmtpReply> broken = Optional.empty();

    /// @param permit closed with this
    /// @param id for the log and the Received field
    /// @param limits the caller has taken a message from them for this
    Transaction(
            SmtpCommand.Mail mail,
            Passage passage,
            String id,
            String user,
            KeyedPermits.Permit permit,
            HourlyLimits limits,
            SubmissionSettings settings,
            Event event) {
        this.mail = mail;
        this.passage = passage;
        this.id = id;
        this.user = user;
        this.permit = permit;
        this.limits = limits;
        this.settings = settings;
        this.event = event;
    }

    SmtpCommand.Mail mail() {
        return mail;
    }

    Extensions extensions() {
        return passage.extensions();
    }

    String id() {
        return id;
    }

    /// Recipients that the relay takes.
    int recipients() {
        return recipients;
    }

    Optional<String> onlyRecipient() {
        SmtpPath only = onlyRecipient;
        return recipients == 1 && only != null ? Optional.of(only.address()) : Optional.empty();
    }

    /// The content that has begun to come by BDAT.
    Optional<MessageSink> begun() {
        return Optional.ofNullable(sink);
    }

    /// Asks the relay about the sender.
    SmtpReply open(String parameters) throws IOException {
        try {
            SmtpReply reply = passage.mail(mail.sender(), parameters);
            note(reply);
            return Replies.relayed(reply);
        } catch (RelayTrouble gone) {
            return lost(gone);
        }
    }

    /// The relay's 421 is its end.
    private void note(SmtpReply reply) {
        if (reply.code() == 421) {
            broken = Optional.of(Replies.relayed(reply));
            event.warn("submission.relay", "the relay ended the connection", "id", id, "relay", reply);
        }
    }

    private SmtpReply lost(RelayTrouble gone) {
        event.warn("submission.relay", "the relay is gone", "id", id, "cause", gone.reply());
        SmtpReply reply = Replies.away(gone.reply());
        broken = Optional.of(reply);
        return reply;
    }

    SmtpReply recipient(SmtpCommand.Rcpt rcpt) throws IOException {
        if (broken.isPresent()) {
            return broken.get();
        }
        if (recipients >= Math.min(settings.mostRecipients(), passage.mostRecipients())) {
            return Replies.TOO_MANY_RECIPIENTS;
        }
        if (!limits.take(user + " recipients", settings.recipientsPerHour())) {
            event.warn("submission.limit", "too many recipients within an hour", "id", id);
            return Replies.RECIPIENTS_SPENT;
        }
        counted++;
        try {
            SmtpReply reply = passage.recipient(recipientOf(rcpt));
            note(reply);
            SmtpReply said = Replies.relayed(reply);
            if (!said.refuses()) {
                recipients++;
                onlyRecipient = rcpt.recipient();
            } else {
                event.info(
                        "submission.recipient-refused",
                        "the relay refused",
                        "id",
                        id,
                        "to",
                        rcpt.recipient(),
                        "relay",
                        reply);
                limits.giveBack(user + " recipients", 1);
                counted--;
            }
            return said;
        } catch (RelayTrouble gone) {
            return lost(gone);
        }
    }

    /// Why the envelope can't hold it; empty when it can.
    static Optional<SmtpReply> unfit(SmtpCommand.Rcpt rcpt) {
        if (unfit(rcpt.recipient())) {
            return Optional.of(Replies.BAD_ADDRESS);
        }
        boolean controls =
                rcpt.dsn().original().filter(Transaction::hasControls).isPresent();
        return controls ? Optional.of(Replies.BAD_PARAMETER) : Optional.empty();
    }

    static boolean unfit(SmtpPath path) {
        return path.address().length() > LONGEST_ADDRESS;
    }

    /// C1 controls come in as UTF-8.
    static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static EnvelopeRecipient recipientOf(SmtpCommand.Rcpt rcpt) {
        Set<Notify> notify = EnumSet.noneOf(Notify.class);
        rcpt.dsn().notifyOn().forEach(word -> notify.add(Notify.valueOf(word)));
        return new EnvelopeRecipient(rcpt.recipient(), notify, rcpt.dsn().original());
    }

    /// Whether the content may come; makes ready for it.
    SmtpReply ready(boolean binary) throws IOException {
        if (broken.isPresent()) {
            return broken.get();
        }
        try {
            SmtpReply reply = passage.ready(binary);
            note(reply);
            return reply.refuses() ? Replies.relayed(reply) : reply;
        } catch (RelayTrouble gone) {
            return lost(gone);
        }
    }

    /// Where the content goes, once it is [#ready].
    MessageSink content(HeaderRepair.Added added) {
        HeaderRepair repair = new HeaderRepair(passage.content(), added, settings.removesBcc());
        MessageSink made = new MessageSink(passage, repair, settings.mostBytes());
        sink = made;
        return made;
    }

    /// The end of the content. What this says is what the client hears.
    SmtpReply finish(MessageSink content) throws IOException {
        SmtpReply reply = content.finish();
        content.trouble().ifPresent(this::lost);
        accepted = !reply.refuses();
        event.info(
                accepted ? "submission.sent" : "submission.refused",
                accepted ? "the relay took a message" : "a message was not taken",
                "id",
                id,
                "from",
                mail.sender(),
                "recipients",
                recipients,
                "bytes",
                content.size(),
                "reply",
                reply);
        return reply;
    }

    @Override
    public void close() {
        passage.close();
        permit.close();
        if (!accepted) {
            limits.giveBack(user + " messages", 1);
            limits.giveBack(user + " recipients", counted);
        }
    }
}
