package palomar.smtp.client;

import java.util.List;
import palomar.smtp.proto.SmtpPath;

/// From whom, to whom and how a message goes out.
///
/// What the relay's extensions can't carry: DSN parameters are left out (we report failures ourselves), `BY` with
/// mode N is left out, `BY` with mode R and REQUIRETLS make the relay unfit, which is a permanent failure.
///
/// @param sender [SmtpPath#NULL] for mail that nobody may answer automatically
/// @param recipients at least one
public record Envelope(SmtpPath sender, List<EnvelopeRecipient> recipients, EnvelopeOptions options) {
    private static final int LONGEST_ADDRESS = 320;

    public Envelope {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("an envelope without recipients");
        }
        EnvelopeRecipient.refuseControls(sender.address(), LONGEST_ADDRESS);
    }

    /// Without options.
    public static Envelope of(SmtpPath sender, SmtpPath... recipients) {
        List<EnvelopeRecipient> all =
                List.of(recipients).stream().map(EnvelopeRecipient::of).toList();
        return new Envelope(sender, all, EnvelopeOptions.NONE);
    }

    /// The same for some of its recipients.
    public Envelope to(List<EnvelopeRecipient> some) {
        return new Envelope(sender, some, options);
    }
}
