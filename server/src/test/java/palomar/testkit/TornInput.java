package palomar.testkit;

import palomar.bytes.ByteInput;

/// An input whose bytes come in pieces, as packets do: each refill shows the next piece only. One thread.
public final class TornInput extends ByteInput {
    private final byte[] content;
    private final int[] cuts;
    private int cut;
    private int given;

    private TornInput(byte[] content, int[] cuts) {
        this.content = content;
        this.cuts = cuts;
    }

    /// Cut before each of these offsets, ascending.
    public static TornInput at(byte[] content, int... offsets) {
        return new TornInput(content, offsets.clone());
    }

    /// Pieces of `size` bytes.
    public static TornInput every(int size, byte[] content) {
        int[] cuts = new int[content.length / size];
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] = (i + 1) * size;
        }
        return new TornInput(content, cuts);
    }

    /// How many bytes have been taken.
    public int consumed() {
        return given - (limit - position);
    }

    @Override
    protected boolean refill() {
        while (cut < cuts.length && cuts[cut] <= given) {
            cut++;
        }
        int end = cut < cuts.length ? Math.min(cuts[cut], content.length) : content.length;
        if (end <= given) {
            return false;
        }
        // A window of its own, so that whoever keeps the old one is found out.
        java.util.Arrays.fill(buffer, (byte) '#');
        buffer = java.util.Arrays.copyOfRange(content, given, end);
        position = 0;
        limit = buffer.length;
        given = end;
        return true;
    }
}
