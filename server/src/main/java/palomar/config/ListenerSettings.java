package palomar.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `[[listener]]`
public record ListenerSettings(
        @Setting(
                doc =
                        "What is spoken: \"imap\" (plain, STARTTLS offered), \"imaps\" (TLS from the first byte), \"lmtp\" (from the"
                                + " MTA), \"managesieve\", \"pop3\" and \"submission\" (plain, STARTTLS offered), \"pop3s\" and"
                                + " \"submissions\" (TLS from the first byte).",
                value = "imap")
        Protocol protocol,

        @Setting(
                doc = "The address to listen on; \"*\" is all of them, IPv6 included. An address, not a name.",
                value = "*")
        String address,

        @Setting(
                doc = "The TCP port. Default: 143 for imap, 993 for imaps, 24 for lmtp, 4190 for managesieve, 110 for"
                        + " pop3, 995 for pop3s, 587 for submission, 465 for submissions. 0 lets the system choose.",
                min = "0",
                max = "65535")
        Optional<Integer> port,

        @Setting(doc = "Listens on this Unix socket instead of a TCP port.")
        Optional<Path> path,

        @Setting(doc = "The permissions of the Unix socket.", value = "0660")
        FileMode mode,

        @Setting(
                doc =
                        "Networks whose connections start with a PROXY protocol header (version 1 or 2) that names the real"
                                + " client. Never list a network that clients can reach you from directly.")
        List<Subnet> proxyProtocol,

        @Setting(doc = "Connections on this listener at the same time.", value = "20000", min = "1", max = "1000000")
        int connections)
        implements Checked {

    /// What is spoken on a listener.
    public enum Protocol {
        IMAP(143),
        IMAPS(993),
        LMTP(24),
        MANAGESIEVE(4190),
        POP3(110),
        POP3S(995),
        SUBMISSION(587),
        SUBMISSIONS(465);

        private final int port;

        Protocol(int port) {
            this.port = port;
        }

        public int usualPort() {
            return port;
        }
    }

    /// The port, or the protocol's usual one.
    public int effectivePort() {
        return port.orElse(protocol.usualPort());
    }

    /// `*:143`, `127.0.0.1:24`, `[::1]:143` or the path of a Unix socket.
    public String where() {
        String host = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
        return path.map(Path::toString).orElseGet(() -> host + ":" + effectivePort());
    }

    static List<ListenerSettings> usual(Path data) {
        return List.of(
                tcp(Protocol.IMAP, "*", 143),
                tcp(Protocol.IMAPS, "*", 993),
                new ListenerSettings(
                        Protocol.LMTP,
                        "*",
                        Optional.empty(),
                        Optional.of(data.resolve("lmtp.sock")),
                        new FileMode(0660),
                        List.of(),
                        20_000));
    }

    /// A listener with defaults in all else.
    public static ListenerSettings tcp(Protocol protocol, String address, int port) {
        return new ListenerSettings(
                protocol, address, Optional.of(port), Optional.empty(), new FileMode(0660), List.of(), 20_000);
    }

    @Override
    public void check(Checker problems) {
        if (!address.equals("*")
                && Subnet.parse(address).filter(n -> address.indexOf('/') < 0).isEmpty()) {
            problems.wrong("address", "\"address\" must be an IP address or \"*\", found " + Scalar.quote(address));
        }
        if (path.isPresent()) {
            if (port.isPresent()) {
                problems.wrong("port", "\"port\" and \"path\" exclude each other");
            }
            if (!proxyProtocol.isEmpty()) {
                problems.wrong("proxy_protocol", "\"proxy_protocol\" makes no sense on a Unix socket");
            }
            if (path.get().toString().length() > 100) {
                problems.wrong("path", "the path of a Unix socket may have at most 100 characters");
            }
        }
    }
}
