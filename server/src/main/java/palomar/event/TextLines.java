package palomar.event;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import palomar.event.Event.Level;

/// Lines for people: `2026-11-24T08:19:00.123Z INFO  7F3A91 imap.login: logged in user=alice`.
///
/// One event is one line; the session's id stands before the name, other fields after the text. Only an error's
/// stack follows on lines that start with a tab. Control characters are escaped, so that no client can forge a
/// line.
final class TextLines implements LineFormat {
    /// Many lines come in one second: its text is made once. Racing threads only make it twice.
    private volatile Second latest = Second.of(0);

    @Override
    public void append(
            StringBuilder out,
            Instant time,
            Level level,
            String name,
            List<Object> fields,
            String text,
            @Nullable Throwable cause) {
        appendTime(out, time);
        out.append(' ').append(level).append(level.name().length() == 4 ? "  " : " ");
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            if (fields.get(i).equals("session")) {
                escape(out, FieldValues.print("session", fields.get(i + 1)));
                out.append(' ');
            }
        }
        out.append(name).append(": ");
        escape(out, FieldValues.cut(text));
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            String field = String.valueOf(fields.get(i));
            if (!field.equals("session")) {
                out.append(' ').append(field).append('=');
                appendValue(out, FieldValues.print(field, fields.get(i + 1)));
            }
        }
        if (cause != null) {
            appendCause(out, level, cause);
        }
        out.append('\n');
    }

    private void appendTime(StringBuilder out, Instant time) {
        long second = time.getEpochSecond();
        Second last = latest;
        if (last.second != second) {
            last = Second.of(second);
            latest = last;
        }
        int millis = time.getNano() / 1_000_000;
        out.append(last.text).append('.');
        out.append((char) ('0' + millis / 100)).append((char) ('0' + millis / 10 % 10));
        out.append((char) ('0' + millis % 10)).append('Z');
    }

    private static void appendCause(StringBuilder out, Level level, Throwable cause) {
        if (level != Level.ERROR) {
            out.append(" cause=");
            appendValue(out, FieldValues.cut(cause.toString()));
            return;
        }
        StringWriter stack = new StringWriter();
        cause.printStackTrace(new PrintWriter(stack));
        for (String line : stack.toString().split("\n")) {
            out.append("\n\t");
            escape(out, FieldValues.cut(line.strip()));
        }
    }

    private static void appendValue(StringBuilder out, String value) {
        boolean plain = !value.isEmpty();
        for (int i = 0; i < value.length() && plain; i++) {
            char c = value.charAt(i);
            plain = c > ' ' && c != '"' && c != '=' && c != 0x7f;
        }
        if (plain) {
            escape(out, value);
            return;
        }
        out.append('"');
        escape(out, value.replace("\\", "\\\\").replace("\"", "\\\""));
        out.append('"');
    }

    private static void escape(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f || c > 0x9f && c != '\u2028' && c != '\u2029') {
                out.append(c);
            } else {
                switch (c) {
                    case '\n' -> out.append("\\n");
                    case '\r' -> out.append("\\r");
                    case '\t' -> out.append("\\t");
                    default -> JsonText.unicode(out, c);
                }
            }
        }
    }

    private record Second(long second, String text) {
        static Second of(long second) {
            String text = Instant.ofEpochSecond(second).toString();
            return new Second(second, text.substring(0, text.length() - 1));
        }
    }
}
