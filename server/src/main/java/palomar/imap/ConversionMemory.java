package palomar.imap;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import palomar.convert.Converted;
import palomar.convert.MediaType;

/// The conversions that a session has asked for last: a client asks for structure, size and pieces of the same one
/// after the other. RFC 5259 8.5 wants two at least. They go when memory is short. One thread.
final class ConversionMemory {
    private static final int MOST = 3;

    /// Which conversion of what.
    ///
    /// @param path of the part
    record Key(long uid, List<Integer> path, MediaType to, Map<String, String> parameters) {}

    private record Kept(Key key, SoftReference<Converted> result) {}

    private final Deque<Kept> kept = new ArrayDeque<>();

    @Nullable
    Converted find(Key key) {
        for (Kept each : kept) {
            if (each.key.equals(key)) {
                return each.result.get();
            }
        }
        return null;
    }

    void keep(Key key, Converted result) {
        kept.removeIf(each -> each.key.equals(key));
        kept.addFirst(new Kept(key, new SoftReference<>(result)));
        if (kept.size() > MOST) {
            kept.removeLast();
        }
    }
}
