package palomar.message;

import org.jspecify.annotations.Nullable;

/// What a digest keeps of the message's own header: lines as they came, folded text for searches, the date.
final class MessageHeader {
    /// A field longer than this is cut, and has to be read from the message.
    static final int LONGEST_FIELD = 16 << 10;
    /// Lines of one digest.
    static final int MOST_LINES = 64 << 10;
    /// The fields that are kept as folded text too; the first in [HeaderField].
    static final int FOLDED = HeaderField.BCC.ordinal() + 1;

    private static final byte[] NOTHING = new byte[0];

    private final ByteBuilder lines = new ByteBuilder(1024);
    private final @Nullable ByteBuilder[] folded = new ByteBuilder[FOLDED];
    /// Characters folded of each field so far.
    private final int[] foldedFrom = new int[FOLDED];
    private long unavailable;
    private MailDate date = MailDate.NONE;
    private byte[] baseSubject = NOTHING;

    /// Takes one field in, as far as it is to be kept.
    void addLine(HeaderField field, byte[] bytes, HeaderCursor at) {
        int size = at.end() - at.start();
        int kept = Math.min(size, LONGEST_FIELD);
        if (field.keep() == HeaderField.Keep.PRESENCE || lines.size() + kept > MOST_LINES) {
            unavailable |= field.bit();
            return;
        }
        if (kept < size) {
            unavailable |= field.bit();
        }
        lines.add(field.ordinal()).varint(kept).add(bytes, at.start(), at.start() + kept);
    }

    /// Takes a field of [#FOLDED] in to be searched: each one whole or not at all, so that what is found is there.
    ///
    /// @param value unfolded
    /// @param whole false when the field may go on behind what was read
    void fold(HeaderField field, String value, boolean whole) {
        int number = field.ordinal();
        ByteBuilder texts = folded[number];
        boolean first = texts == null;
        if (texts == null) {
            texts = new ByteBuilder(value.length());
            folded[number] = texts;
        }
        if (!whole || value.length() > LONGEST_FIELD - foldedFrom[number]) {
            unavailable |= field.bit();
            return;
        }
        foldedFrom[number] += value.length();
        if (!first) {
            texts.add(DigestFormat.BETWEEN_FIELDS);
        }
        texts.add(HeaderText.fold(value));
    }

    /// @param values by [HeaderField] number, unfolded
    /// @param incomplete true when the header went on behind what was read
    void read(@Nullable String[] values, boolean incomplete) {
        if (incomplete) {
            unavailable = -1;
        }
        String date = values[HeaderField.DATE.ordinal()];
        this.date = date == null ? MailDate.NONE : MailDate.parse(date);
        String subject = values[HeaderField.SUBJECT.ordinal()];
        if (subject != null) {
            String cut = subject.length() > LONGEST_FIELD ? subject.substring(0, LONGEST_FIELD) : subject;
            baseSubject = CaseFold.foldToUtf8(BaseSubject.of(HeaderText.decode(cut)));
        }
    }

    ByteBuilder lines() {
        return lines;
    }

    /// Bits of the fields that the lines do not tell in full.
    long unavailable() {
        return unavailable;
    }

    MailDate date() {
        return date;
    }

    byte[] baseSubject() {
        return baseSubject;
    }

    /// Decoded and folded UTF-8 of the fields with this number; null when there is none.
    byte @Nullable [] folded(int field) {
        ByteBuilder texts = folded[field];
        return texts == null ? null : texts.toByteArray();
    }
}
