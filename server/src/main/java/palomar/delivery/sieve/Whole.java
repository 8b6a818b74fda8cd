package palomar.delivery.sieve;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import palomar.bytes.ByteSource;

/// A message with lines before it. Immutable.
record Whole(byte[] head, ByteSource rest) implements ByteSource {

    static ByteSource of(byte[] head, ByteSource rest) {
        return head.length == 0 ? rest : new Whole(head, rest);
    }

    @Override
    public long size() {
        return head.length + rest.size();
    }

    @Override
    public InputStream open(long from, long count) throws IOException {
        if (from >= head.length) {
            return rest.open(from - head.length, count);
        }
        int first = (int) Math.min(count, head.length - from);
        InputStream lines = new ByteArrayInputStream(head, (int) from, first);
        return count == first ? lines : new SequenceInputStream(lines, rest.open(0, count - first));
    }

    @Override
    public void writeTo(OutputStream out, long from, long count) throws IOException {
        int first = from >= head.length ? 0 : (int) Math.min(count, head.length - from);
        out.write(head, (int) Math.min(from, head.length), first);
        if (count > first) {
            rest.writeTo(out, Math.max(0, from - head.length), count - first);
        }
    }
}
