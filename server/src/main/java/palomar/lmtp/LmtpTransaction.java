package palomar.lmtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.delivery.Incoming;
import palomar.delivery.Recipient;
import palomar.smtp.proto.SmtpCommand;

/// One message from MAIL to its answers. Close it, whatever became of it.
final class LmtpTransaction implements AutoCloseable {
    private final SmtpCommand.Mail mail;
    private final String id;
    private final List<Recipient> recipients = new ArrayList<>();
    private @Nullable Incoming chunks;

    /// @param id names the message in Received and in answers
    LmtpTransaction(SmtpCommand.Mail mail, String id) {
        this.mail = mail;
        this.id = id;
    }

    SmtpCommand.Mail mail() {
        return mail;
    }

    String id() {
        return id;
    }

    /// The accepted ones, in the order of their answers.
    List<Recipient> recipients() {
        return recipients;
    }

    /// The only recipient's address, when there is just one.
    Optional<String> onlyRecipient() {
        return recipients.size() == 1
                ? Optional.of(recipients.getFirst().address().address())
                : Optional.empty();
    }

    /// What BDAT has brought so far.
    Optional<Incoming> chunks() {
        return Optional.ofNullable(chunks);
    }

    void chunks(Incoming begun) {
        chunks = begun;
    }

    @Override
    public void close() {
        if (chunks != null) {
            chunks.close();
        }
    }
}
