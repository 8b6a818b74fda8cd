package palomar.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The string of a fuzzy search, prepared once: its words, and itself. RFC 6203 3. Immutable.
///
/// A word of a text is like one of the query, case and diacritics disregarded, when it is the same, begins with it
/// (from three letters on), is one step away (from four letters on: a letter added, left out, exchanged, or two
/// swapped) or two steps (from eight letters on), or contains it (from four letters on).
public final class FuzzyQuery {
    /// Further words of a query are not looked at.
    private static final int MOST_WORDS = 16;

    private static final int SAME = 100;
    private static final int CONTAINED = 35;

    private final Needle phrase;
    private final List<Word> words;
    private final boolean plainWord;

    public FuzzyQuery(String text) {
        this.phrase = new Needle(text);
        List<Word> found = new ArrayList<>();
        WordSplitter splitter = new WordSplitter((bytes, from, to) -> {
            if (found.size() < MOST_WORDS) {
                found.add(new Word(Arrays.copyOfRange(bytes, from, to)));
            }
        });
        splitter.feed(phrase.bytes(), 0, phrase.bytes().length);
        splitter.end();
        this.words = List.copyOf(found);
        this.plainWord = found.size() == 1 && isPlainWord(phrase.bytes());
    }

    private static boolean isPlainWord(byte[] folded) {
        for (byte b : folded) {
            if (b >= 0 && !(b >= 'A' && b <= 'Z' || b >= '0' && b <= '9')) {
                return false;
            }
        }
        return true;
    }

    public boolean isEmpty() {
        return phrase.isEmpty();
    }

    Needle phrase() {
        return phrase;
    }

    /// What it is worth when the query stands there letter by letter, of 100: all, but as to a single word, which
    /// may be any part of another, no more than to be contained in one.
    int phraseWorth() {
        return plainWord ? CONTAINED : SAME;
    }

    /// None when the query has neither letters nor digits.
    List<Word> words() {
        return words;
    }

    /// Which letters a word has, so that most others can be told from it at once.
    static int signature(byte[] bytes, int from, int to) {
        int signature = 0;
        for (int at = from; at < to; at++) {
            signature |= 1 << (bytes[at] & 31);
        }
        return signature;
    }

    /// One word of the query.
    static final class Word {
        private final byte[] bytes;
        private final int signature;
        private final int mostSteps;

        Word(byte[] bytes) {
            this.bytes = bytes;
            this.signature = signature(bytes, 0, bytes.length);
            this.mostSteps = bytes.length < 4 ? 0 : bytes.length < 8 ? 1 : 2;
        }

        /// How like it is the word `text[from, to)`? 0 to 100.
        ///
        /// @param letters the text's signature
        int likeness(byte[] text, int from, int to, int letters, EditDistance distance) {
            int size = to - from;
            if (size >= bytes.length && bytes.length > 2 && startsWith(text, from)) {
                return size == bytes.length ? SAME : Math.max(70, 92 - 2 * (size - bytes.length));
            }
            if (size == bytes.length && startsWith(text, from)) {
                return SAME;
            }
            if (mostSteps == 0) {
                return 0;
            }
            if (Math.abs(size - bytes.length) <= mostSteps && Integer.bitCount(letters ^ signature) <= 2 * mostSteps) {
                int steps = distance.between(bytes, text, from, to, mostSteps);
                if (steps <= mostSteps) {
                    return steps == 1 ? (bytes.length < 6 ? 50 : 60) : 25;
                }
            }
            boolean mayContain = size > bytes.length && (signature & ~letters) == 0;
            return mayContain && contains(text, from, to) ? CONTAINED : 0;
        }

        private boolean startsWith(byte[] text, int from) {
            return Arrays.equals(text, from, from + bytes.length, bytes, 0, bytes.length);
        }

        private boolean contains(byte[] text, int from, int to) {
            for (int at = from + 1; at + bytes.length <= to; at++) {
                if (startsWith(text, at)) {
                    return true;
                }
            }
            return false;
        }
    }
}
