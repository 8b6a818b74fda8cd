package palomar.config;

import java.time.Duration;

/// `[limits]`; the connections of one listener are limited there.
public record LimitSettings(
        @Setting(
                doc =
                        "Connections from one address (IPv6: one /64) on one listener at the same time. Loopback and Unix"
                                + " sockets are not counted.",
                value = "100",
                min = "1",
                max = "1000000")
                int connectionsPerAddress,
        @Setting(
                doc = "IMAP sessions of one user at the same time.",
                value = "100",
                min = "1",
                max = "1000000")
                int sessionsPerUser,
        @Setting(
                doc = "How long a client may be silent before it has logged in.",
                value = "60s",
                min = "5s",
                max = "10m")
                Duration loginTimeout,
        @Setting(
                doc = "Failed logins in one connection, then it ends.",
                value = "5",
                min = "1",
                max = "100")
                int loginFailures) {}
