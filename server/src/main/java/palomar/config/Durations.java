package palomar.config;

import java.time.Duration;
import java.util.Optional;

/// Durations as the file writes them: `250ms`, `30s`, `5m`, `2h`, `7d`; one number and one unit.
final class Durations {
    private Durations() {}

    /// Empty: not a duration.
    static Optional<Duration> parse(String text) {
        int unit = 0;
        while (unit < text.length() && text.charAt(unit) >= '0' && text.charAt(unit) <= '9') {
            unit++;
        }
        long count = Digits.parse(text.substring(0, unit));
        if (count < 0 || count > 1_000_000_000_000L) {
            return Optional.empty();
        }
        return switch (text.substring(unit)) {
            case "ms" -> Optional.of(Duration.ofMillis(count));
            case "s" -> Optional.of(Duration.ofSeconds(count));
            case "m" -> Optional.of(Duration.ofMinutes(count));
            case "h" -> Optional.of(Duration.ofHours(count));
            case "d" -> Optional.of(Duration.ofDays(count));
            default -> Optional.empty();
        };
    }

    static String print(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0s";
        }
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
