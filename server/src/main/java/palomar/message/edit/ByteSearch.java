package palomar.message.edit;

import java.io.IOException;
import java.io.InputStream;

/// Looks for bytes in a stream, each byte of which it looks at once. One thread.
final class ByteSearch {
    private static final int PIECE = 8 << 10;

    private final byte[] key;
    private final boolean fold;
    /// For each length of a match that fails: the longest shorter one that may go on.
    private final int[] shorter;

    /// @param fold letters of ASCII match in any case
    ByteSearch(byte[] key, boolean fold) {
        this.key = key.clone();
        this.fold = fold;
        for (int i = 0; i < this.key.length; i++) {
            this.key[i] = letter(this.key[i]);
        }
        this.shorter = failures(this.key);
    }

    boolean isIn(InputStream in) throws IOException {
        if (key.length == 0) {
            return true;
        }
        byte[] piece = new byte[PIECE];
        int matched = 0;
        for (int size = in.read(piece); size >= 0; size = in.read(piece)) {
            for (int i = 0; i < size; i++) {
                byte b = letter(piece[i]);
                while (matched > 0 && b != key[matched]) {
                    matched = shorter[matched];
                }
                matched += b == key[matched] ? 1 : 0;
                if (matched == key.length) {
                    return true;
                }
            }
        }
        return false;
    }

    private byte letter(byte b) {
        return fold && b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }

    private static int[] failures(byte[] key) {
        int[] shorter = new int[key.length + 1];
        int matched = 0;
        for (int i = 1; i < key.length; i++) {
            while (matched > 0 && key[i] != key[matched]) {
                matched = shorter[matched];
            }
            matched += key[i] == key[matched] ? 1 : 0;
            shorter[i + 1] = matched;
        }
        return shorter;
    }
}
