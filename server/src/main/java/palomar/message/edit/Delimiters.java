package palomar.message.edit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Keeps lines that look like delimiters of multiparts out of what is put into them. RFC 2046 5.1.1
final class Delimiters {
    private Delimiters() {}

    /// Does a line begin like a delimiter of one of these?
    static boolean occur(byte[] lines, List<String> boundaries) {
        return !boundaries.isEmpty() && !starts(lines, boundaries).isEmpty();
    }

    /// Puts a blank before each such line: for content whose encoding can't be chosen.
    static byte[] indent(byte[] lines, List<String> boundaries) {
        List<Integer> starts = starts(lines, boundaries);
        if (starts.isEmpty()) {
            return lines;
        }
        byte[] indented = new byte[lines.length + starts.size()];
        int from = 0;
        int at = 0;
        for (int start : starts) {
            System.arraycopy(lines, from, indented, at, start - from);
            at += start - from;
            indented[at++] = ' ';
            from = start;
        }
        System.arraycopy(lines, from, indented, at, lines.length - from);
        return indented;
    }

    /// Gives another name to a boundary of multiparts inside `entity`, when those around it could not tell it from
    /// theirs; what begins like a boundary is one. RFC 2046 5.1.1
    ///
    /// @param around boundaries of the multiparts around the entity
    static String rename(String entity, String boundary, List<String> around) {
        if (boundary.isEmpty() || around.stream().noneMatch(boundary::startsWith)) {
            return entity;
        }
        String fresh = fresh(boundary, around);
        StringBuilder renamed = new StringBuilder(entity.length() + 64);
        int done = 0;
        for (int at = entity.indexOf(boundary); at >= 0; at = entity.indexOf(boundary, at + 1)) {
            if (at >= done && (isDelimiter(entity, at) || isParameter(entity, at))) {
                renamed.append(entity, done, at).append(fresh);
                done = at + boundary.length();
            }
        }
        return renamed.append(entity, done, entity.length()).toString();
    }

    private static String fresh(String boundary, List<String> around) {
        String fresh = boundary;
        while (around.stream().anyMatch(fresh::startsWith)) {
            fresh = (fresh.startsWith("n") ? "m" : "n") + fresh;
        }
        return fresh;
    }

    private static boolean isDelimiter(String entity, int at) {
        return entity.startsWith("--", at - 2) && (at == 2 || at > 2 && entity.charAt(at - 3) == '\n');
    }

    private static boolean isParameter(String entity, int at) {
        int equals = entity.startsWith("\"", at - 1) ? at - 2 : at - 1;
        return equals >= 8 && entity.regionMatches(true, equals - 8, "boundary=", 0, 9);
    }

    private static List<Integer> starts(byte[] lines, List<String> boundaries) {
        List<byte[]> delimiters = boundaries.stream()
                .map(boundary -> ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1))
                .toList();
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i + 1 < lines.length; i++) {
            boolean dashes = lines[i] == '-' && lines[i + 1] == '-' && (i == 0 || lines[i - 1] == '\n');
            if (dashes && startsWithOne(lines, i, delimiters)) {
                starts.add(i);
            }
        }
        return starts;
    }

    private static boolean startsWithOne(byte[] lines, int at, List<byte[]> delimiters) {
        for (byte[] each : delimiters) {
            if (at + each.length <= lines.length
                    && java.util.Arrays.equals(lines, at, at + each.length, each, 0, each.length)) {
                return true;
            }
        }
        return false;
    }
}
