package palomar.config;

import java.time.Duration;
import java.util.List;

/// `[lmtp]`
public record LmtpSection(
        @Setting(doc = "What stands between the user and the detail in a recipient address (user+detail).", value = "+")
        String detailSeparator,

        @Setting(
                doc =
                        "Whether the domain of a recipient address is part of the user name: \"keep\" leaves it, \"drop\" takes what"
                                + " stands before the @.",
                value = "drop")
        Domain domain,

        @Setting(doc = "Delivers user+detail to the mailbox of that name when it exists.", value = "true")
        boolean detailMailbox,

        @Setting(doc = "The largest message that is taken.", value = "100MiB", min = "64KiB", max = "2047MiB")
        ByteSize maxMessage,

        @Setting(doc = "Recipients of one message.", value = "1000", min = "100", max = "100000")
        int maxRecipients,

        @Setting(doc = "How long the MTA may be silent.", value = "5m", min = "30s", max = "1h")
        Duration timeout,

        @Setting(
                doc =
                        "What the MTA is told when a user is over quota: \"temporary\" lets it try again (452), \"permanent\" lets"
                                + " it return the message (552).",
                value = "temporary")
        OverQuota overQuota,

        @Setting(
                doc = "Keeps the address that the sender wrote, when the MTA says it (ORCPT), as a field"
                        + " Original-Recipient.",
                value = "false")
        boolean originalRecipient,

        @Setting(doc = "Networks that may name the real client by XCLIENT; clients on a Unix socket always may.")
        List<Subnet> xclient)
        implements Checked {

    /// What becomes of the domain of a recipient.
    public enum Domain {
        KEEP,
        DROP
    }

    /// How a delivery to a full mailbox is refused.
    public enum OverQuota {
        TEMPORARY,
        PERMANENT
    }

    @Override
    public void check(Checker problems) {
        boolean sane = detailSeparator.length() <= 1
                && detailSeparator.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '@' && c != '.');
        if (!sane) {
            problems.wrong(
                    "detail_separator", "\"detail_separator\" must be one character like \"+\", or empty for none");
        }
    }
}
