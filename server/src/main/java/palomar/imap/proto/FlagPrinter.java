package palomar.imap.proto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import palomar.bytes.ByteOutput;
import palomar.mail.Flags;
import palomar.mail.SystemFlags;

/// Prints lists of flags without making Strings. RFC 9051 9: flag-list
final class FlagPrinter {
    private static final int BITS = 5;
    private static final byte[] RECENT = bytes("\\Recent");

    /// The inside of the parentheses for each combination of the five system flags.
    private static final byte[][] SYSTEM = system();

    private FlagPrinter() {}

    /// @param keywordBits bit i stands for `names` i
    static void write(ByteOutput out, int system, boolean recent, long keywordBits, List<String> names)
            throws IOException {
        out.write('(');
        boolean some = writeSystem(out, system, recent);
        for (long left = keywordBits; left != 0; left &= left - 1) {
            int bit = Long.numberOfTrailingZeros(left);
            // A bit without a name belongs to a keyword younger than the caller's list.
            if (bit < names.size()) {
                if (some) {
                    out.write(' ');
                }
                out.ascii(names.get(bit));
                some = true;
            }
        }
        out.write(')');
    }

    static void write(ByteOutput out, Flags flags, boolean newKeywords) throws IOException {
        out.write('(');
        boolean some = writeSystem(out, flags.system(), false);
        for (String keyword : flags.keywords()) {
            if (some) {
                out.write(' ');
            }
            out.ascii(keyword);
            some = true;
        }
        if (newKeywords) {
            out.ascii(some ? " \\*" : "\\*");
        }
        out.write(')');
    }

    private static boolean writeSystem(ByteOutput out, int system, boolean recent) throws IOException {
        byte[] names = SYSTEM[system & SystemFlags.ALL];
        out.write(names);
        if (recent) {
            if (names.length > 0) {
                out.write(' ');
            }
            out.write(RECENT);
        }
        return recent || names.length > 0;
    }

    private static byte[][] system() {
        byte[][] all = new byte[1 << BITS][];
        for (int set = 0; set < all.length; set++) {
            StringBuilder text = new StringBuilder();
            for (int bit = 1; bit < all.length; bit <<= 1) {
                if ((set & bit) != 0) {
                    text.append(text.isEmpty() ? "" : " ").append(SystemFlags.name(bit));
                }
            }
            all[set] = bytes(text.toString());
        }
        return all;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
