package palomar.sieve;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// What became of the scripts that were compiled last, by their content: compiling is done once for scripts that
/// many users or many deliveries have in common. Safe for many threads.
public final class ProgramCache {
    private final long mostBytes;
    /// The one that was not used for the longest time is the first.
    private final LinkedHashMap<Key, Compilation> known = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;

    /// @param sourceBytes size of the sources whose programs are kept
    public ProgramCache(long sourceBytes) {
        this.mostBytes = sourceBytes;
    }

    private record Key(String hash, int size, String extensions, Limits limits) {}

    /// As [Language#compile].
    public Compilation compile(Language language, byte[] source, Limits limits) {
        Key key = new Key(hash(source), source.length, language.fingerprint(), limits);
        synchronized (known) {
            Compilation found = known.get(key);
            if (found != null) {
                return found;
            }
        }
        Compilation made = language.compile(source, limits);
        synchronized (known) {
            if (known.put(key, made) == null) {
                bytes += weight(key);
            }
            while (bytes > mostBytes && !known.isEmpty()) {
                Map.Entry<Key, Compilation> oldest = known.firstEntry();
                bytes -= weight(oldest.getKey());
                known.remove(oldest.getKey());
            }
        }
        return made;
    }

    public int size() {
        synchronized (known) {
            return known.size();
        }
    }

    /// An empty script has its price too.
    private static long weight(Key key) {
        return key.size() + 256L;
    }

    private static String hash(byte[] source) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(source));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is part of each Java", impossible);
        }
    }
}
