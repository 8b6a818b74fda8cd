package palomar.message;

/// Cuts folded UTF-8, or plain ASCII, into words in capitals without diacritics: letters and digits, and whatever
/// is beyond ASCII except general punctuation. Of a word longer than [#LONGEST] bytes the rest is passed over. One
/// thread.
final class WordSplitter {
    static final int LONGEST = 64;

    private final Taker taker;
    private final byte[] word = new byte[LONGEST];
    private int length;
    private boolean beyondAscii;

    WordSplitter(Taker taker) {
        this.taker = taker;
    }

    interface Taker {
        /// The word `bytes[from, to)`, at least one byte, valid until this returns.
        void word(byte[] bytes, int from, int to);
    }

    void feed(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            byte b = bytes[at];
            if (b >= 'a' && b <= 'z') {
                add((byte) (b - 32));
            } else if (b < 0 || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9') {
                beyondAscii |= b < 0;
                add(b);
            } else if (length > 0) {
                end();
            }
        }
    }

    private void add(byte b) {
        if (length < LONGEST) {
            word[length++] = b;
        }
    }

    /// The text ends here, or another begins.
    void end() {
        int size = beyondAscii ? pieces() : length;
        if (size > 0) {
            taker.word(word, 0, size);
        }
        length = 0;
        beyondAscii = false;
    }

    /// Takes combining marks out and hands over what stands before punctuation; returns the size of the last word.
    private int pieces() {
        int size = 0;
        for (int at = 0; at < length; ) {
            int lead = word[at] & 0xff;
            int next = at + 1 < length ? word[at + 1] & 0xff : 0;
            int bytes = Math.min(lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4, length - at);
            if (isMark(lead, next)) {
                at += bytes;
                continue;
            }
            if (isPunctuation(lead, next)) {
                if (size > 0) {
                    taker.word(word, 0, size);
                }
                size = 0;
                at += bytes;
                continue;
            }
            for (int i = 0; i < bytes; i++) {
                word[size++] = word[at++];
            }
        }
        return size;
    }

    /// U+0300 to U+036F: what decomposing has split off.
    private static boolean isMark(int lead, int next) {
        return lead == 0xcc || lead == 0xcd && next < 0xb0;
    }

    /// U+00A0 to U+00BF, U+2000 to U+206F, U+3000 to U+303F.
    private static boolean isPunctuation(int lead, int next) {
        return lead == 0xc2 && next >= 0xa0
                || lead == 0xe2 && (next == 0x80 || next == 0x81)
                || lead == 0xe3 && next == 0x80;
    }
}
