package palomar.message;

/// Picks out of the part of a header that is too large to be kept the fields of which ENVELOPE and BODYSTRUCTURE
/// are made. Takes the bytes as they arrive and keeps no others.
final class LateFields {
    /// Bytes of such fields that are kept of one header.
    static final int MOST = 256 << 10;

    /// A name with blanks behind it that is longer than this is none of those.
    private static final int LONGEST_NAME = 128;

    private enum At {
        LINE_START,
        NAME,
        WANTED,
        UNWANTED
    }

    private final ByteBuilder kept;
    private final ByteBuilder name = new ByteBuilder(LONGEST_NAME);
    private int room = MOST;
    private At at;
    /// What a line that begins with a blank goes on with.
    private boolean wanted;

    /// @param kept the header as far as it fits; its last field may go on in what comes
    LateFields(ByteBuilder kept) {
        this.kept = kept;
        this.at = endsLine() ? At.LINE_START : At.UNWANTED;
    }

    private boolean endsLine() {
        return kept.size() > 0 && kept.array()[kept.size() - 1] == '\n';
    }

    void append(byte[] source, int from, int to) {
        for (int i = from; i < to && room > 0; i++) {
            append(source[i]);
        }
    }

    private void append(byte b) {
        switch (at) {
            case LINE_START -> {
                if (HeaderCursor.isBlank(b)) {
                    at = wanted ? At.WANTED : At.UNWANTED;
                    keep(b);
                } else {
                    wanted = false;
                    name.reset();
                    at = At.NAME;
                    addToName(b);
                }
            }
            case NAME -> addToName(b);
            case WANTED, UNWANTED -> keep(b);
        }
        if (b == '\n') {
            at = At.LINE_START;
        }
    }

    private void addToName(byte b) {
        name.add(b);
        if (name.size() > LONGEST_NAME) {
            at = At.UNWANTED;
        } else if (b == ':') {
            HeaderCursor cursor = new HeaderCursor(name.array(), 0, name.size());
            HeaderField field = cursor.begin(0, name.size())
                    ? HeaderField.of(name.array(), cursor.start(), cursor.nameEnd())
                    : null;
            wanted = field != null && field.ordinal() <= HeaderField.CONTENT_MD5.ordinal();
            at = wanted ? At.WANTED : At.UNWANTED;
            for (int i = 0; wanted && i < name.size(); i++) {
                keep(name.array()[i]);
            }
        }
    }

    private void keep(byte b) {
        if (wanted && room > 0) {
            kept.add(b);
            room--;
        }
    }
}
