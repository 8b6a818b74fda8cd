package palomar.config;

import java.time.Duration;

/// `[limits]`
public record LimitSettings(
        @Setting(doc = "Connections of all listeners at the same time.", value = "20000", min = "1", max = "1000000")
        int connections,

        @Setting(
                doc =
                        "Connections from one address (IPv6: one /64) at the same time. Loopback and Unix sockets are not counted.",
                value = "100",
                min = "1",
                max = "1000000")
        int connectionsPerAddress,

        @Setting(
                doc = "IMAP sessions of one user at the same time; as many ManageSieve sessions.",
                value = "100",
                min = "1",
                max = "1000000")
        int sessionsPerUser,

        @Setting(
                doc = "TLS handshakes that are computed at the same time; more wait.",
                value = "64",
                min = "1",
                max = "10000")
        int handshakes,

        @Setting(doc = "How long a TLS handshake may take.", value = "60s", min = "5s", max = "10m")
        Duration handshakeTimeout,

        @Setting(
                doc =
                        "How long a client may be silent before it has logged in; all the time until then is three times as long.",
                value = "60s",
                min = "5s",
                max = "10m")
        Duration loginTimeout,

        @Setting(
                doc = "How long a client may leave what we write unread before its session ends.",
                value = "60s",
                min = "5s",
                max = "1h")
        Duration writeTimeout,

        @Setting(doc = "Failed logins in one connection, then it ends.", value = "5", min = "1", max = "100")
        int loginFailures)
        implements Checked {

    @Override
    public void check(Checker problems) {
        if (connectionsPerAddress > connections) {
            problems.wrong("connections_per_address", "\"connections_per_address\" is larger than \"connections\"");
        }
    }
}
