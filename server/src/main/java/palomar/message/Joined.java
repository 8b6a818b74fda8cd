package palomar.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import palomar.bytes.ByteSource;

/// Two sources one behind the other. Immutable.
record Joined(ByteSource first, ByteSource second) implements ByteSource {

    @Override
    public long size() {
        return first.size() + second.size();
    }

    @Override
    public InputStream open(long from, long count) throws IOException {
        long start = Math.clamp(from, 0, size());
        long taken = Math.clamp(count, 0, size() - start);
        long inFirst = Math.clamp(first.size() - start, 0, taken);
        if (inFirst == taken) {
            return first.open(start, taken);
        }
        long secondStart = Math.max(0, start - first.size());
        InputStream tail = second.open(secondStart, taken - inFirst);
        return inFirst == 0 ? tail : new SequenceInputStream(first.open(start, inFirst), tail);
    }
}
