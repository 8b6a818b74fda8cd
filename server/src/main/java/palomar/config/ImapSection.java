package palomar.config;

import java.time.Duration;

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
        ByteSize maxMessage) {}
