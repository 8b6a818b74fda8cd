package palomar.sieve.ext.convert;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import palomar.convert.Converted;
import palomar.convert.MediaType;
import palomar.message.edit.Part;
import palomar.message.edit.PartCursor;
import palomar.sieve.Run;
import palomar.sieve.Text;

/// Converts the part that a loop is at, or all parts of the message, that are of one type: all of them or none.
/// RFC 6558
///
/// @param parameters `name=value` each; an empty one says nothing
record Conversion(Text from, Text to, List<Text> parameters) {

    /// False when one of the parts can't be converted; the message is then as it was. RFC 6558 2.2
    boolean run(Run run) throws IOException {
        Optional<MediaType> source = MediaType.parse(from.value(run));
        Optional<MediaType> target = MediaType.parse(to.value(run));
        Optional<Map<String, String>> named = named(run);
        if (source.isEmpty() || target.isEmpty() || named.isEmpty()) {
            return false;
        }
        Converter converter = new Converter(run, source.get(), target.get(), named.get());
        PartCursor cursor = run.cursor().orElse(null);
        return cursor == null ? all(run, converter) : one(run, converter, cursor);
    }

    private static boolean one(Run run, Converter converter, PartCursor cursor) throws IOException {
        Part part = cursor.part();
        if (!converter.isMeant(part)) {
            return true;
        }
        Optional<Converted> converted = converter.convert(part);
        if (converted.isPresent()) {
            put(run, cursor, converted.get());
        }
        return converted.isPresent();
    }

    /// Nothing is changed before all are converted.
    private static boolean all(Run run, Converter converter) throws IOException {
        Deque<Converted> results = new ArrayDeque<>();
        PartCursor look = run.message().parts();
        while (look.next()) {
            run.charge(1);
            if (converter.isMeant(look.part())) {
                Optional<Converted> converted = converter.convert(look.part());
                if (converted.isEmpty()) {
                    return false;
                }
                results.add(converted.get());
            }
        }
        PartCursor change = run.message().parts();
        while (!results.isEmpty() && change.next()) {
            if (converter.isMeant(change.part())) {
                put(run, change, results.remove());
            }
        }
        return true;
    }

    private static void put(Run run, PartCursor cursor, Converted converted) throws IOException {
        String type = converted.type().toString();
        if (!converted.charset().isEmpty()) {
            type += "; charset=" + converted.charset();
        }
        run.message().convert(cursor, type, converted.bytes());
    }

    private Optional<Map<String, String>> named(Run run) {
        Map<String, String> named = new HashMap<>();
        for (Text parameter : parameters) {
            String text = parameter.value(run);
            if (text.isEmpty()) {
                continue;
            }
            int equals = text.indexOf('=');
            if (equals < 1) {
                return Optional.empty();
            }
            named.put(
                    text.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                    text.substring(equals + 1).strip());
        }
        return Optional.of(named);
    }
}
