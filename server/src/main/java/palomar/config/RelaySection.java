package palomar.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `[relay]`
public record RelaySection(
        @Setting(doc = "The server that takes outgoing mail: a name or an address.", value = "localhost")
        String host,

        @Setting(
                doc = "Its port. 587 is usual for STARTTLS with a login, 465 for TLS from the start.",
                value = "25",
                min = "1",
                max = "65535")
        int port,

        @Setting(doc = "What it speaks.", value = "smtp") Protocol protocol,

        @Setting(
                doc =
                        "\"none\": never TLS. \"starttls\": where the relay offers it. \"required\": by STARTTLS, or nothing is"
                                + " sent. \"implicit\": from the start.",
                value = "starttls")
        Tls tls,

        @Setting(
                doc =
                        "What the relay's certificate must be. \"full\": valid, from a trusted authority, for the name in host."
                                + " \"opportunistic\": what is wrong is logged, and mail is sent. \"none\": anything. Default: full"
                                + " when there is a user or TLS is required or implicit, else opportunistic.")
        Optional<Verify> verify,

        @Setting(doc = "A PEM file with the authorities to trust, instead of those that Java brings.")
        Optional<Path> ca,

        @Setting(doc = "The name to log in with. The password goes out under TLS, or to this machine, and never else.")
        Optional<String> user,

        @Setting(doc = "The password of user.", secret = true)
        Optional<String> password,

        @Setting(doc = "A file with the password of user in its first line, instead of password.")
        Optional<Path> passwordFile,

        @Setting(
                doc = "A program that takes mail as sendmail does, with arguments that come first, instead of a server:"
                        + " [\"/usr/sbin/sendmail\"]. It is called with -i -f SENDER -- RECIPIENT...")
        List<String> sendmail,

        @Setting(doc = "What we call ourselves to the relay. Default: server.name, else what the system says.")
        Optional<String> helo,

        @Setting(doc = "How long a connection and a TLS handshake may take.", value = "30s", min = "1s", max = "10m")
        Duration connectTimeout,

        @Setting(
                doc = "How long the relay may take for its greeting, for the answer to a command and for 16 KiB of a"
                        + " message.",
                value = "5m",
                min = "1s",
                max = "1h")
        Duration commandTimeout,

        @Setting(
                doc =
                        "How long the relay may take for its answer behind a message. Giving up too early sends it twice. Also"
                                + " the time that the program of sendmail has.",
                value = "10m",
                min = "1s",
                max = "2h")
        Duration dataTimeout,

        @Setting(doc = "Messages that are sent at once.", value = "4", min = "1", max = "100")
        int connections,

        @Setting(
                doc = "Recipients that the relay takes of one message at once.",
                value = "100",
                min = "1",
                max = "10000")
        int recipients,

        @Setting(
                doc = "How long a message waits after the first temporary failure; then twice as long each time.",
                value = "1m",
                min = "1s",
                max = "1d")
        Duration retry,

        @Setting(doc = "But never longer than this.", value = "4h", min = "1s", max = "7d")
        Duration retryLongest,

        @Setting(
                doc = "After that time a message that could not be sent comes back to its sender.",
                value = "5d",
                min = "1m",
                max = "30d")
        Duration lifetime,

        @Setting(doc = "After that time the sender is told once that his message is late. Without: never.")
        Optional<Duration> warnAfter,

        @Setting(
                doc = "Messages that may wait; then new ones are refused for the time being.",
                value = "50000",
                min = "1")
        int queueMessages,

        @Setting(doc = "The address that reports about undelivered mail come from. Default: postmaster at server.name.")
        Optional<String> postmaster)
        implements Checked {

    /// What the relay speaks.
    public enum Protocol {
        SMTP,
        LMTP
    }

    /// When TLS begins.
    public enum Tls {
        NONE,
        STARTTLS,
        REQUIRED,
        IMPLICIT
    }

    /// What the certificate must be.
    public enum Verify {
        FULL,
        OPPORTUNISTIC,
        NONE
    }

    /// The verification in force.
    public Verify verification() {
        boolean strict = user.isPresent() || tls == Tls.REQUIRED || tls == Tls.IMPLICIT;
        return verify.orElse(strict ? Verify.FULL : Verify.OPPORTUNISTIC);
    }

    @Override
    public void check(Checker problems) {
        if (host.isEmpty() || host.startsWith("[") || !isWord(host)) {
            problems.wrong("host", "\"host\" must be a name or an address, without brackets and port");
        }
        if (user.isPresent() && password.isEmpty() && passwordFile.isEmpty()) {
            problems.wrong("user", "\"user\" needs \"password\" or \"password_file\"");
        }
        if (user.isEmpty() && (password.isPresent() || passwordFile.isPresent())) {
            problems.wrong(password.isPresent() ? "password" : "password_file", "a password needs \"user\"");
        }
        if (password.isPresent() && passwordFile.isPresent()) {
            problems.wrong("password_file", "\"password\" and \"password_file\" exclude each other");
        }
        if (helo.isPresent() && !isWord(helo.get())) {
            problems.wrong("helo", "\"helo\" must be a name, found " + Scalar.quote(helo.get()));
        }
        if (postmaster.isPresent() && !isAddress(postmaster.get())) {
            problems.wrong(
                    "postmaster", "\"postmaster\" must be a mail address, found " + Scalar.quote(postmaster.get()));
        }
        if (!sendmail.isEmpty() && !sendmail.getFirst().startsWith("/")) {
            problems.wrong("sendmail", "\"sendmail\" must begin with the whole path of a program");
        }
        if (retryLongest.compareTo(retry) < 0) {
            problems.wrong("retry_longest", "\"retry_longest\" is shorter than \"retry\"");
        }
    }

    private static boolean isWord(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f && "<>()\"\\,;@".indexOf(c) < 0);
    }

    private static boolean isAddress(String text) {
        int at = text.indexOf('@');
        return at > 0 && isWord(text.substring(0, at)) && isWord(text.substring(at + 1));
    }
}
