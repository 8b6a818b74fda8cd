package palomar.delivery.sieve;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import palomar.event.Event;
import palomar.mail.MailException;
import palomar.sieve.Host;
import palomar.storage.UserMail;

/// The last lines about a user's scripts, kept among his named values (`sieve/log`). Safe for many threads.
final class StoredLog implements ScriptLog {
    static final String NAME = "sieve/log";

    /// Bytes that are kept; the oldest lines go first.
    private static final int MOST = 16 << 10;

    private static final int MOST_LINE = 1000;

    private final UserMail mail;
    private final InstantSource clock;
    private final Event event;

    StoredLog(UserMail mail, InstantSource clock, Event event) {
        this.mail = mail;
        this.clock = clock;
        this.event = event;
    }

    /// Two at the same moment may lose a line; none is ever half.
    @Override
    public void say(Host.LogLevel level, String text) {
        String line = line(clock, level, text);
        switch (level) {
            case DEBUG -> event.debug("sieve.log", text);
            case INFO, WARNING, ERROR -> event.info("sieve.log", text, "level", level);
        }
        if (level == Host.LogLevel.DEBUG) {
            return;
        }
        try {
            String before = mail.attributes()
                    .get(NAME)
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .orElse("");
            mail.attributes().change(Map.of(NAME, Optional.of(trimmed(before + line))));
        } catch (MailException refused) {
            event.warn("sieve.log", "a line could not be written to the user's log", "reason", refused.kind());
        }
    }

    static String line(InstantSource clock, Host.LogLevel level, String text) {
        StringBuilder line = new StringBuilder(
                        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
                .append(' ')
                .append(level.name().toLowerCase(Locale.ROOT))
                .append(": ");
        text.codePoints().limit(MOST_LINE).forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return line.append('\n').toString();
    }

    private static byte[] trimmed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int from = Math.max(0, bytes.length - MOST);
        while (from > 0 && from < bytes.length && bytes[from - 1] != '\n') {
            from++;
        }
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }
}
