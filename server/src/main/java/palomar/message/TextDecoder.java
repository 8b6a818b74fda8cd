package palomar.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Hands the text of one part, transfer encoding already undone, to a matcher: folded, or as it is where it
/// is plain ASCII. One thread, one part.
///
/// In charsets that contain ASCII only the lines with other bytes are decoded. A line of more than
/// [#LONGEST_STRETCH] bytes is decoded in stretches, cut at a blank or punctuation.
final class TextDecoder {
    private static final int LONGEST_STRETCH = 32 << 10;
    private static final long EIGHTH_BITS = 0x8080_8080_8080_8080L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final TextSink matcher;
    private final String charset;
    /// For charsets in which ASCII bytes may mean something else; null for the others.
    private final @Nullable CharsetDecoder whole;

    private final @Nullable Utf7 utf7;
    private ByteBuffer rest = ByteBuffer.allocate(0);
    private final ByteBuilder stretch = new ByteBuilder(16);

    TextDecoder(TextSink matcher, String charset) {
        this.matcher = matcher;
        this.charset = charset;
        this.utf7 = Charsets.isUtf7(charset) ? new Utf7() : null;
        this.whole = containsAscii(charset) ? null : decoder(charset);
    }

    /// More bytes of the part; true when the needle was found.
    boolean feed(byte[] bytes, int from, int to) {
        if (utf7 != null) {
            utf7.feed(bytes, from, to);
            return match(utf7.take());
        }
        return whole == null ? mixed(bytes, from, to) : match(decode(whole, bytes, from, to));
    }

    /// The end of the part; true when the needle was found in what was held back.
    boolean finish() {
        return stretch.size() > 0 && flush(stretch.size());
    }

    private boolean mixed(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (stretch.size() == 0) {
                int odd = firstOdd(bytes, at, to);
                if (odd > at && matcher.feed(bytes, at, odd)) {
                    return true;
                }
                at = odd;
                if (at == to) {
                    return false;
                }
            }
            int end = at;
            int most = Math.min(to, at + LONGEST_STRETCH - stretch.size());
            while (end < most && bytes[end] != '\n') {
                end++;
            }
            boolean lineEnds = end < most;
            stretch.add(bytes, at, lineEnds ? end + 1 : end);
            at = lineEnds ? end + 1 : end;
            if (lineEnds ? flush(stretch.size()) : stretch.size() == LONGEST_STRETCH && flush(cut())) {
                return true;
            }
        }
        return false;
    }

    /// The first byte beyond ASCII.
    static int firstOdd(byte[] bytes, int from, int to) {
        int at = from;
        while (at + 8 <= to && ((long) LONGS.get(bytes, at) & EIGHTH_BITS) == 0) {
            at += 8;
        }
        while (at < to && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    /// Where a long line can be cut: behind a byte that ends no multi-byte character in any charset.
    private int cut() {
        byte[] bytes = stretch.array();
        for (int at = stretch.size(); at > LONGEST_STRETCH / 2; at--) {
            if (bytes[at - 1] >= 0 && bytes[at - 1] < '0') {
                return at;
            }
        }
        int at = stretch.size();
        while (at > stretch.size() - 4 && (bytes[at - 1] & 0xc0) == 0x80) {
            at--;
        }
        return bytes[at - 1] < 0 ? at - 1 : at;
    }

    private boolean flush(int size) {
        byte[] bytes = stretch.array();
        boolean found = match(Charsets.decode(Arrays.copyOf(bytes, size), charset));
        byte[] left = Arrays.copyOfRange(bytes, size, stretch.size());
        stretch.reset();
        stretch.add(left);
        return found;
    }

    private boolean match(String text) {
        byte[] folded = matcher.fold(text);
        return matcher.feed(folded, 0, folded.length);
    }

    private String decode(CharsetDecoder decoder, byte[] bytes, int from, int to) {
        ByteBuffer in = ByteBuffer.allocate(rest.remaining() + to - from);
        in.put(rest).put(bytes, from, to - from).flip();
        CharBuffer out = CharBuffer.allocate((int) (in.remaining() * (double) decoder.maxCharsPerByte()) + 2);
        decoder.decode(in, out, false);
        rest = in;
        return out.flip().toString();
    }

    private static @Nullable CharsetDecoder decoder(String charset) {
        return Charsets.find(charset)
                .map(known -> known.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE))
                .orElse(null);
    }

    /// Does each ASCII byte stand for itself, whatever stands before it?
    private static boolean containsAscii(String charset) {
        if (Charsets.isVague(charset)) {
            return true;
        }
        Charset known = Charsets.find(charset).orElse(StandardCharsets.UTF_8);
        String name = RawText.lowerAscii(known.name());
        if (name.startsWith("iso-2022") || name.startsWith("x-iso-2022") || name.startsWith("x-windows-iso2022")) {
            return false;
        }
        return known == StandardCharsets.UTF_8 || new String(ASCII, known).equals(ASCII_TEXT);
    }

    private static final String ASCII_TEXT = "AZaz09 \n";
    private static final byte[] ASCII = ASCII_TEXT.getBytes(StandardCharsets.US_ASCII);
}
