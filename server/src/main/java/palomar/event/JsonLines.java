package palomar.event;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import palomar.event.Event.Level;

/// Lines for machines: one JSON object each, `time`, `level`, `event`, `text`, then the fields; `cause` and
/// `stack`.
///
/// Numbers and booleans keep their type. A field said twice (outer and inner scope) appears once, with the inner
/// value.
final class JsonLines implements LineFormat {

    @Override
    public void append(
            StringBuilder out,
            Instant time,
            Level level,
            String name,
            List<Object> fields,
            String text,
            @Nullable Throwable cause) {
        out.append("{\"time\":\"")
                .append(time)
                .append("\",\"level\":\"")
                .append(levelName(level))
                .append("\",\"event\":");
        JsonText.string(out, name);
        out.append(",\"text\":");
        JsonText.string(out, FieldValues.cut(text));
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            if (!saidAgain(fields, i)) {
                out.append(',');
                JsonText.string(out, String.valueOf(fields.get(i)));
                out.append(':');
                value(out, String.valueOf(fields.get(i)), fields.get(i + 1));
            }
        }
        if (cause != null) {
            out.append(",\"cause\":");
            JsonText.string(out, FieldValues.cut(cause.toString()));
            if (level == Level.ERROR) {
                StringWriter stack = new StringWriter();
                cause.printStackTrace(new PrintWriter(stack));
                out.append(",\"stack\":");
                JsonText.string(out, stack.toString());
            }
        }
        out.append("}\n");
    }

    private static String levelName(Level level) {
        return switch (level) {
            case DEBUG -> "debug";
            case INFO -> "info";
            case WARN -> "warn";
            case ERROR -> "error";
        };
    }

    private static boolean saidAgain(List<Object> fields, int index) {
        for (int i = index + 2; i + 1 < fields.size(); i += 2) {
            if (fields.get(i).equals(fields.get(index))) {
                return true;
            }
        }
        return false;
    }

    private static void value(StringBuilder out, String name, Object value) {
        switch (value) {
            case Boolean b -> out.append(b.booleanValue());
            case Integer n -> out.append(n.intValue());
            case Long n -> out.append(n.longValue());
            default -> JsonText.string(out, FieldValues.print(name, value));
        }
    }
}
