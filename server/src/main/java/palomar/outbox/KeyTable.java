package palomar.outbox;

/// Keys with a time, in arrays: 40 bytes each, because a busy server remembers hundreds of thousands for days.
///
/// Open addressing; a key is itself a hash, so that its bits are the place. Guarded by its owner's lock.
final class KeyTable {
    private static final int FIRST = 64;

    /// What is done with each one.
    interface Visitor {
        void visit(Key key, long seconds);
    }

    private long[] high = new long[FIRST];
    private long[] low = new long[FIRST];
    private int[] seconds = new int[FIRST]; // 0: free; else seconds since 1970, as unsigned
    private int size;

    int size() {
        return size;
    }

    /// The time of a key; -1 when it is not there.
    long find(Key key) {
        int at = place(key);
        return seconds[at] == 0 ? -1 : Integer.toUnsignedLong(seconds[at]);
    }

    /// @param time in seconds since 1970
    void put(Key key, long time) {
        if (2 * (size + 1) > seconds.length) {
            resize(seconds.length * 2, 0);
        }
        set(key, time);
    }

    private void set(Key key, long time) {
        int at = place(key);
        size += seconds[at] == 0 ? 1 : 0;
        high[at] = key.high();
        low[at] = key.low();
        seconds[at] = (int) Math.clamp(time, 1, 0xffff_ffffL);
    }

    /// Forgets those before a time.
    void forgetBefore(long time) {
        resize(seconds.length, time);
    }

    private void resize(int capacity, long from) {
        KeyTable old = new KeyTable();
        old.high = high;
        old.low = low;
        old.seconds = seconds;
        high = new long[capacity];
        low = new long[capacity];
        seconds = new int[capacity];
        size = 0;
        old.forEach((key, time) -> {
            if (time >= from) {
                set(key, time);
            }
        });
    }

    void forEach(Visitor visitor) {
        for (int i = 0; i < seconds.length; i++) {
            if (seconds[i] != 0) {
                visitor.visit(new Key(high[i], low[i]), Integer.toUnsignedLong(seconds[i]));
            }
        }
    }

    /// Where the key is, or the free place where it belongs.
    private int place(Key key) {
        int mask = seconds.length - 1;
        int at = (int) key.low() & mask;
        while (seconds[at] != 0 && (high[at] != key.high() || low[at] != key.low())) {
            at = (at + 1) & mask;
        }
        return at;
    }
}
