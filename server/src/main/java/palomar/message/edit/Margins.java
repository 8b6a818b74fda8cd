package palomar.message.edit;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import palomar.bytes.ByteSource;
import palomar.message.Slice;

/// Takes the delimiters away from what stands around the parts of a multipart. RFC 2046 5.1.1
final class Margins {
    /// No delimiter line is longer, unless it ends in very many blanks.
    private static final int LONGEST_LINE = 4 << 10;

    private Margins() {}

    /// @param before up to the first part, its delimiter included
    /// @param after behind the last part, from the line end before the closing delimiter
    /// @return the prologue and the epilogue, without the line ends that belong to the delimiters
    static List<ByteSource> of(ByteSource before, ByteSource after) throws IOException {
        return List.of(
                new Slice(before, 0, prologueEnd(before)),
                new Slice(after, epilogueStart(after), after.size() - epilogueStart(after)));
    }

    private static long prologueEnd(ByteSource before) throws IOException {
        long from = Math.max(0, before.size() - LONGEST_LINE);
        byte[] end = read(before, from);
        int at = end.length - 1;
        while (at > 0 && end[at - 1] != '\n') {
            at--;
        }
        return from + Math.max(0, withoutLineEnd(end, Math.max(0, at)));
    }

    private static int withoutLineEnd(byte[] bytes, int end) {
        int at = end;
        if (at > 0 && bytes[at - 1] == '\n') {
            at--;
        }
        return at > 0 && bytes[at - 1] == '\r' ? at - 1 : at;
    }

    private static long epilogueStart(ByteSource after) throws IOException {
        byte[] start = read(after, 0);
        int at = 0;
        while (at < start.length && (start[at] == '\r' || start[at] == '\n')) {
            at++;
        }
        while (at < start.length && start[at] != '\n') {
            at++;
        }
        return Math.min(after.size(), at + 1);
    }

    private static byte[] read(ByteSource source, long from) throws IOException {
        try (InputStream in = source.open(from, LONGEST_LINE)) {
            return in.readAllBytes();
        }
    }
}
