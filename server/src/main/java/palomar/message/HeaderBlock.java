package palomar.message;

/// The bytes of one header while they arrive; the same block serves all entities of a message in turn.
///
/// At most [#MOST] bytes are kept and can be interpreted; what comes behind them is only counted by the parser.
final class HeaderBlock {
    static final int MOST = 1 << 20;

    private final ByteBuilder bytes = new ByteBuilder(4096);
    private boolean overflown;

    void append(byte[] source, int from, int to) {
        int room = MOST - bytes.size();
        overflown |= to - from > room;
        bytes.add(source, from, from + Math.min(room, to - from));
    }

    /// Was there more than is kept?
    boolean overflown() {
        return overflown;
    }

    /// May the field that ends here go on in what is not kept?
    boolean isCutAt(int end) {
        return overflown && end == bytes.size();
    }

    HeaderCursor cursor() {
        return new HeaderCursor(bytes.array(), 0, bytes.size());
    }

    byte[] array() {
        return bytes.array();
    }

    void reset() {
        bytes.reset();
        overflown = false;
    }
}
