package palomar.message;

/// Looks for a needle in text that comes in pieces, also across them. One thread, one text at a time.
final class FoldedMatcher implements TextSink {
    private final Needle needle;
    private final int overlap;
    /// The last bytes of the text so far, and room for as many of the next piece.
    private final byte[] seam;

    private int seamSize;

    FoldedMatcher(Needle needle) {
        this.needle = needle;
        this.overlap = Math.max(0, needle.bytes().length - 1);
        this.seam = new byte[2 * overlap];
    }

    @Override
    public byte[] fold(String text) {
        return needle.fold(text);
    }

    /// The next piece belongs to another text.
    void reset() {
        seamSize = 0;
    }

    /// True when the needle is in it or ends in it.
    @Override
    public boolean feed(byte[] bytes, int from, int to) {
        int size = to - from;
        if (seamSize > 0 && size > 0) {
            int joined = Math.min(overlap, size);
            System.arraycopy(bytes, from, seam, seamSize, joined);
            if (needle.isIn(seam, 0, seamSize + joined)) {
                return true;
            }
        }
        if (needle.isIn(bytes, from, to)) {
            return true;
        }
        keepTail(bytes, from, to);
        return false;
    }

    private void keepTail(byte[] bytes, int from, int to) {
        int size = to - from;
        if (size >= overlap) {
            System.arraycopy(bytes, to - overlap, seam, 0, overlap);
            seamSize = overlap;
            return;
        }
        int kept = Math.min(seamSize, overlap - size);
        System.arraycopy(seam, seamSize - kept, seam, 0, kept);
        System.arraycopy(bytes, from, seam, kept, size);
        seamSize = kept + size;
    }
}
