package palomar.mail;

import org.jspecify.annotations.Nullable;

/// A refusal that was foreseen. The message is for the client: it names no path, host, query or hidden mailbox.
/// What the operator needs is in the cause and in the log.
public final class MailException extends RuntimeException {
    private final MailError kind;

    public MailException(MailError kind, String textForClient) {
        this(kind, textForClient, null);
    }

    public MailException(MailError kind, String textForClient, @Nullable Throwable cause) {
        super(textForClient, cause);
        this.kind = kind;
    }

    public MailError kind() {
        return kind;
    }

    /// The text for the client; never null.
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
