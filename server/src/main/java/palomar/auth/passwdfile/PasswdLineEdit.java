package palomar.auth.passwdfile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/// Changes password and extra fields in a line of a passwd-file; all else stays to the octet.
final class PasswdLineEdit {
    private static final int COLONS_BEFORE_EXTRA = 7;

    private PasswdLineEdit() {}

    /// @param line with its line end, if it has one
    /// @param names extra fields that go
    /// @param added `name=value` between spaces that come instead; may be empty
    static byte[] of(byte[] line, String hash, Set<String> names, String added) {
        int end = line.length;
        while (end > 0 && (line[end - 1] == '\n' || line[end - 1] == '\r')) {
            end--;
        }
        int nameEnd = colon(line, 0, end);
        int hashEnd = nameEnd == end ? end : colon(line, nameEnd + 1, end);
        ByteArrayOutputStream out = new ByteArrayOutputStream(line.length + hash.length() + added.length());
        out.write(line, 0, nameEnd);
        out.write(':');
        out.writeBytes(hash.getBytes(StandardCharsets.UTF_8));
        if (names.isEmpty()) {
            out.write(line, hashEnd, end - hashEnd);
        } else {
            extra(out, line, hashEnd, end, names, added);
        }
        out.write(line, end, line.length - end);
        return out.toByteArray();
    }

    private static void extra(
            ByteArrayOutputStream out, byte[] line, int hashEnd, int end, Set<String> names, String added) {
        int colons = 1;
        int at = hashEnd;
        while (at < end && colons < COLONS_BEFORE_EXTRA) {
            colons += line[at++] == ':' ? 1 : 0;
        }
        out.write(line, hashEnd, at - hashEnd);
        if (added.isEmpty() && colons < COLONS_BEFORE_EXTRA) {
            return;
        }
        out.writeBytes(":".repeat(COLONS_BEFORE_EXTRA - colons).getBytes(StandardCharsets.US_ASCII));
        String kept = without(new String(line, at, end - at, StandardCharsets.ISO_8859_1), names);
        out.writeBytes(kept.getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes((kept.isEmpty() || added.isEmpty() ? "" : " ").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(added.getBytes(StandardCharsets.UTF_8));
    }

    /// The fields between spaces and tabs, but for the named ones.
    private static String without(String fields, Set<String> names) {
        boolean none =
                Arrays.stream(fields.replace('\t', ' ').split(" ")).noneMatch(field -> names.contains(name(field)));
        if (none) {
            return fields;
        }
        StringBuilder kept = new StringBuilder();
        for (String field : fields.replace('\t', ' ').split(" ")) {
            if (!field.isEmpty() && !names.contains(name(field))) {
                kept.append(kept.isEmpty() ? "" : " ").append(field);
            }
        }
        return kept.toString();
    }

    private static String name(String field) {
        int equals = field.indexOf('=');
        return equals < 0 ? field : field.substring(0, equals);
    }

    private static int colon(byte[] line, int from, int end) {
        for (int i = from; i < end; i++) {
            if (line[i] == ':') {
                return i;
            }
        }
        return end;
    }
}
