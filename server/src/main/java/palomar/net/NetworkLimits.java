package palomar.net;

import java.time.Duration;

/// Limits over all listeners.
///
/// @param connections at once
/// @param handshakes whose expensive part is computed at once; more wait
/// @param handshake how long one may take as a whole
/// @param write what a connection's write deadline is until its session sets another
public record NetworkLimits(int connections, int handshakes, Duration handshake, Duration write) {
    public NetworkLimits {
        if (connections < 1 || handshakes < 1 || !handshake.isPositive() || !write.isPositive()) {
            throw new IllegalArgumentException("limits must be positive: " + connections + ", " + handshakes);
        }
    }

    /// 20,000 connections, 64 handshakes, one minute each.
    public static NetworkLimits usual() {
        return new NetworkLimits(20_000, 64, Duration.ofMinutes(1), Duration.ofMinutes(1));
    }
}
