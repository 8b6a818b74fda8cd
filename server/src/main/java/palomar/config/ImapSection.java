package palomar.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `[imap]`
public record ImapSection(
        @Setting(
                doc = "How long a session may be silent, IDLE included. RFC 9051 5.4 asks for at least 30 minutes.",
                value = "30m",
                min = "1m",
                max = "7d")
        Duration idleTimeout,

        @Setting(
                doc = "The longest command line, without literals. Clients with long UID lists need much.",
                value = "64KiB",
                min = "8KiB",
                max = "16MiB")
        ByteSize maxLine,

        @Setting(doc = "The largest message that APPEND takes.", value = "100MiB", min = "64KiB", max = "2047MiB")
        ByteSize maxMessage,

        @Setting(
                doc = "How many messages one command may touch (RFC 9738: MESSAGELIMIT). Clients that do not know it "
                        + "take what they get for all there is; no limit is needed here.",
                min = "1000",
                max = "2147483647")
        Optional<Integer> messageLimit,

        @Setting(
                doc = "How many messages one COPY or APPEND may make (RFC 9738: SAVELIMIT). Default: no limit.",
                min = "1000",
                max = "2147483647")
        Optional<Integer> saveLimit,

        @Setting(
                doc =
                        "Take messages whose header is UTF-8 beyond ASCII from clients that have not said ENABLE UTF8=ACCEPT."
                                + " RFC 9755 4 forbids it; switch it on while mail is moved here from another server.",
                value = "false")
        boolean rawHeaders,

        @Setting(
                doc =
                        "Users, such as a submission server, that may fetch what others have laid open to them by URLs with"
                                + " submit+ (URLAUTH, RFC 4467).")
        List<String> submissionUsers,

        @Setting(
                doc =
                        "Offer UNAUTHENTICATE (RFC 8437): log in as another user in the same connection. Switch it off behind a"
                                + " proxy that looks at logins only.",
                value = "true")
        boolean unauthenticate,

        @Setting(
                doc =
                        "Offer LITERAL- in place of LITERAL+ (RFC 7888): clients ask before they send more than 4096 bytes.",
                value = "false")
        boolean literalMinus,

        @Setting(
                doc =
                        "What is bent for broken clients, mostly as Dovecot names it. \"delay-newmail\": new mail is told in answers to"
                                + " NOOP and CHECK and in IDLE only. \"tb-lsub-flags\": LSUB shows \\NoSelect for subscriptions"
                                + " without a mailbox. \"tb-extra-mailbox-sep\": a separator behind a mailbox name is passed over,"
                                + " which is done in any case. \"latin1-search\": strings of SEARCH that should be UTF-8 and are not"
                                + " are taken as Latin-1, for Angus Mail (Java).")
        List<Workaround> clientWorkarounds,

        @Setting(
                doc =
                        "Fields of the answer to ID (RFC 2971) beside name and version; \"*\" as value of name, version, os or"
                                + " os-version is the true one, \"\" leaves a field out.")
        Map<String, String> id,

        @Setting(
                doc = "Fields of a client's ID that are logged (at level info, as imap.client); \"*\": all.",
                value = "name, version")
        List<String> idLog,

        @Setting(
                doc = "The largest annotation of a mailbox (METADATA) or a message (ANNOTATE).",
                value = "64KiB",
                min = "1KiB",
                max = "256KiB")
        ByteSize annotationSize,

        @Setting(
                doc = "Annotations of one mailbox (METADATA) or of one message (ANNOTATE).",
                value = "1000",
                min = "10",
                max = "10000")
        int annotations,

        @Setting(
                doc =
                        "Offer CONVERT (RFC 5259): clients may ask for texts in another charset, HTML as plain text and images"
                                + " in another size.",
                value = "true")
        boolean convert,

        @Setting(
                doc =
                        "The largest image that is converted; of HTML an eighth, of other text a quarter of it, and the result"
                                + " has at most half of it.",
                value = "16MiB",
                min = "64KiB",
                max = "256MiB")
        ByteSize convertMostBytes,

        @Setting(
                doc = "Pixels of the largest image that is converted.",
                value = "50000000",
                min = "10000",
                max = "1000000000")
        int convertMostPixels,

        @Setting(
                doc =
                        "Conversions that run at the same time; others wait for up to 30 seconds. Each may need four times"
                                + " convert_most_bytes of the heap (-Xmx in PALOMAR_JAVA_OPTS).",
                value = "1",
                min = "1",
                max = "64")
        int convertAtOnce,

        @Setting(
                doc = "How many messages one CONVERT may name (MAXCONVERTMESSAGES).",
                value = "50",
                min = "1",
                max = "100000")
        int convertMessages,

        @Setting(doc = "How many parts one CONVERT may name (MAXCONVERTPARTS).", value = "10", min = "1", max = "1000")
        int convertParts,

        @Setting(doc = "What images become when the client does not say.", value = "jpeg")
        Image convertImage,

        @Setting(doc = "The server's annotation /shared/comment, for all users to see.")
        Optional<String> serverComment,

        @Setting(
                doc = "The server's annotation /shared/admin: how to reach who runs it, a URI like "
                        + "\"mailto:postmaster@example.org\".")
        Optional<String> serverAdmin,

        @Setting(
                doc =
                        "The user who may set the server's other shared annotations (/shared/... in METADATA, shared filters of"
                                + " searches in /shared/filters among them, RFC 5466), which all users may read. They are kept"
                                + " with his mail.")
        Optional<String> annotator,

        @Setting(
                doc =
                        "The language that LANGUAGE default stands for (RFC 5255). Until a client asks, texts are English.",
                value = "en")
        Language language)
        implements Checked {

    /// For clients that break otherwise.
    public enum Workaround {
        DELAY_NEWMAIL,
        LATIN1_SEARCH,
        TB_EXTRA_MAILBOX_SEP,
        TB_LSUB_FLAGS
    }

    /// Languages that texts are in.
    public enum Language {
        EN,
        DE
    }

    /// Formats that images can be converted to.
    public enum Image {
        JPEG,
        PNG
    }

    @Override
    public void check(Checker problems) {
        id.forEach((name, value) -> {
            if (name.isEmpty() || name.length() > 30 || value.length() > 1024) {
                problems.wrong("id", "a field of ID has at most 30 characters in its name and 1024 in its value");
            }
        });
        if (serverAdmin.isPresent() && !isUri(serverAdmin.get())) {
            problems.wrong("server_admin", "\"server_admin\" must be a URI like \"mailto:postmaster@example.org\"");
        }
    }

    private static boolean isUri(String text) {
        try {
            return new URI(text).isAbsolute();
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
