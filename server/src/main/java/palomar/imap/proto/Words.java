package palomar.imap.proto;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A fixed vocabulary, looked up by bytes without making a String: command names, FETCH items, SEARCH keys.
final class Words<T> {
    private final byte[][] keys;
    private final Object[] values;
    private final int mask;

    private Words(Map<String, T> words) {
        int capacity = Integer.highestOneBit(words.size() * 3) * 2;
        keys = new byte[capacity][];
        values = new Object[capacity];
        mask = capacity - 1;
        words.forEach((word, value) -> {
            byte[] key = word.getBytes(StandardCharsets.US_ASCII);
            int slot = hash(key, key.length) & mask;
            while (values[slot] != null) {
                slot = slot + 1 & mask;
            }
            keys[slot] = key;
            values[slot] = value;
        });
    }

    /// Words in capitals, each with its meaning.
    static <T> Words<T> of(Map<String, T> words) {
        return new Words<>(words);
    }

    /// The constants of an enum by their names, `_` standing for `-`.
    static <E extends Enum<E>> Words<E> of(Class<E> type) {
        Map<String, E> words = new HashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(constant.name().replace('_', '-'), constant);
        }
        return of(words);
    }

    /// The meaning of `word[0, length)`, which is in capitals; null when it has none.
    @SuppressWarnings("unchecked")
    @Nullable
    T find(byte[] word, int length) {
        int slot = hash(word, length) & mask;
        while (values[slot] != null) {
            if (matches(keys[slot], word, length)) {
                return (T) values[slot];
            }
            slot = slot + 1 & mask;
        }
        return null;
    }

    private static boolean matches(byte[] key, byte[] word, int length) {
        if (key.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (key[i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    private static int hash(byte[] word, int length) {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + word[i];
        }
        return hash ^ hash >>> 7;
    }
}
