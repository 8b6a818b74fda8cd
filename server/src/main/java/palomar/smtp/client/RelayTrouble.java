package palomar.smtp.client;

import java.io.IOException;
import palomar.smtp.proto.SmtpReply;

/// The relay can't be used now: not reached, gone, too slow, not to be trusted, or it speaks nonsense. Says
/// nothing
/// about the message. Nothing was accepted beyond what was acknowledged before.
public final class RelayTrouble extends IOException {
    private final SmtpReply reply;

    /// @param enhanced a code of class 4
    /// @param text for the log and for reports
    RelayTrouble(String enhanced, String text) {
        this(SmtpReply.of(421, enhanced, text));
    }

    /// What the relay said.
    RelayTrouble(SmtpReply reply) {
        super(reply.toString());
        this.reply = reply;
    }

    /// In the form of a reply; its code is what the relay said or 421.
    public SmtpReply reply() {
        return reply;
    }
}
