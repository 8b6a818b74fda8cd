package palomar.message;

import org.jspecify.annotations.Nullable;

/// The bytes of one header while they arrive; the same block serves all entities of a message in turn.
///
/// At most [#MOST] bytes are kept as they are. Of what comes behind them only the fields of [LateFields] are kept;
/// the rest is counted by the parser.
final class HeaderBlock {
    static final int MOST = 1 << 20;

    private final ByteBuilder bytes = new ByteBuilder(4096);
    private @Nullable LateFields late;
    /// Behind the last byte of what is kept as it is, and the line end that closes it.
    private int cut;

    void append(byte[] source, int from, int to) {
        int room = late == null ? Math.min(MOST - bytes.size(), to - from) : 0;
        bytes.add(source, from, from + room);
        if (room == to - from) {
            return;
        }
        LateFields fields = late;
        if (fields == null) {
            fields = new LateFields(bytes);
            late = fields;
            if (bytes.array()[bytes.size() - 1] != '\n') {
                bytes.text("\r\n");
            }
            cut = bytes.size();
        }
        fields.append(source, from + room, to);
    }

    /// Was there more than is kept?
    boolean overflown() {
        return late != null;
    }

    /// May the field that ends here go on in what is not kept?
    boolean isCutAt(int end) {
        return overflown() && end == cut;
    }

    HeaderCursor cursor() {
        return new HeaderCursor(bytes.array(), 0, bytes.size());
    }

    byte[] array() {
        return bytes.array();
    }

    void reset() {
        bytes.reset();
        late = null;
        cut = 0;
    }
}
