package palomar.smtp.client;

import java.time.Duration;

/// How long the relay may take for each step. RFC 5321 4.5.3.2
///
/// @param connect until the connection stands; also for a TLS handshake
/// @param greeting until the first 220
/// @param command for the reply to EHLO, AUTH, MAIL, RCPT and the like
/// @param dataStart for the 354
/// @param block to take 16 KiB of the message
/// @param dataEnd for the reply behind the message: the longest, because giving up too early sends it twice
public record PhaseLimits(
        Duration connect, Duration greeting, Duration command, Duration dataStart, Duration block, Duration dataEnd) {

    public static PhaseLimits usual() {
        return new PhaseLimits(
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(2),
                Duration.ofMinutes(3),
                Duration.ofMinutes(10));
    }

    /// The same for every step.
    public static PhaseLimits all(Duration limit) {
        return new PhaseLimits(limit, limit, limit, limit, limit, limit);
    }
}
