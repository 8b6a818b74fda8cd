package palomar.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `[pop3]`
public record Pop3Section(
        @Setting(
                doc = "How long a session may be silent. RFC 1939 3 asks for at least 10 minutes.",
                value = "10m",
                min = "10m",
                max = "1d")
        Duration idleTimeout,

        @Setting(
                doc = "Sessions of one user at the same time; 1 keeps others out of a maildrop, as RFC 1939 4 has it.",
                value = "10",
                min = "1",
                max = "1000000")
        int sessionsPerUser,

        @Setting(
                doc =
                        "How unique ids (UIDL) look, in Dovecot's words: %u UID, %v UIDVALIDITY, %g GUID, with width and X or x"
                                + " for hexadecimal. Clients download everything again when it changes.",
                value = "%08Xu%08Xv")
        String uidlFormat,

        @Setting(doc = "Leaves messages unread when they are retrieved.", value = "false")
        boolean keepUnread,

        @Setting(
                doc =
                        "What QUIT does with messages that were deleted: \"expunge\" removes them, \"flag\" marks them \\Deleted"
                                + " and hides them from POP3; IMAP still shows them.",
                value = "expunge")
        Deletion deletion,

        @Setting(doc = "Deletes only what the same session has retrieved.", value = "false")
        boolean deleteOnlyRetrieved,

        @Setting(
                doc = "The least time between two logins of one user (LOGIN-DELAY, RFC 2449 6.5); 0s for none.",
                value = "0s",
                min = "0s",
                max = "1d")
        Duration loginDelay,

        @Setting(
                doc =
                        "For how many days mail that was left here stays (EXPIRE, RFC 2449 6.7). Clients are only told; whoever"
                                + " removes old mail must agree. Without it mail stays for ever.",
                min = "0",
                max = "100000")
        Optional<Integer> expireDays,

        @Setting(
                doc =
                        "Sends headers in UTF-8 as they are to clients that have not said UTF8, as Dovecot does; else those clients"
                                + " get them in encoded words, as RFC 6856 2.1 wants.",
                value = "false")
        boolean rawHeaders,

        @Setting(
                doc = "The language that LANG * stands for (RFC 6856). Until a client asks, texts are English.",
                value = "en")
        Language language,

        @Setting(doc = "Networks, such as those of a proxy, that may name the real client by XCLIENT.")
        List<Subnet> xclient)
        implements Checked {

    /// What becomes of what was deleted.
    public enum Deletion {
        EXPUNGE,
        FLAG
    }

    /// What replies can be written in.
    public enum Language {
        EN,
        DE
    }

    @Override
    public void check(Checker problems) {
        int at = 0;
        boolean unique = false;
        boolean known = true;
        while (at < uidlFormat.length()) {
            char c = uidlFormat.charAt(at++);
            known &= c > ' ' && c < 0x7f;
            if (c == '%') {
                while (at < uidlFormat.length() && "0123456789xX".indexOf(uidlFormat.charAt(at)) >= 0) {
                    at++;
                }
                char variable = at < uidlFormat.length() ? uidlFormat.charAt(at++) : ' ';
                unique |= variable == 'u' || variable == 'g';
                known &= "uvg".indexOf(variable) >= 0;
            }
        }
        if (!known || !unique) {
            problems.wrong(
                    "uidl_format",
                    "\"uidl_format\" needs %u (UID) or %g (GUID), and may have %v (UIDVALIDITY) and visible ASCII"
                            + " characters beside them");
        }
    }
}
