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
    private final byte[] @Nullable [] folded = new byte[FOLDED][];
    private long unavailable;
    private MailDate date = MailDate.NONE;
    private byte[] baseSubject = NOTHING;
    private @Nullable StringBuilder moreSubjects;

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

    /// A second Subject: searched like the first, but not shown.
    void addSubject(String value) {
        StringBuilder more = moreSubjects == null ? new StringBuilder() : moreSubjects;
        if (more.length() < LONGEST_FIELD) {
            more.append('\n').append(value);
        }
        moreSubjects = more;
    }

    /// @param values by [HeaderField] number, unfolded
    /// @param incomplete true when the header went on behind what was read
    void read(@Nullable String[] values, boolean incomplete) {
        if (incomplete) {
            unavailable = -1;
        }
        for (int i = 0; i < FOLDED; i++) {
            String value = values[i];
            if (value != null) {
                fold(i, i == 0 && moreSubjects != null ? value + moreSubjects : value);
            }
        }
        String date = values[HeaderField.DATE.ordinal()];
        this.date = date == null ? MailDate.NONE : MailDate.parse(date);
        String subject = values[HeaderField.SUBJECT.ordinal()];
        if (subject != null) {
            String cut = subject.length() > LONGEST_FIELD ? subject.substring(0, LONGEST_FIELD) : subject;
            baseSubject = CaseFold.foldToUtf8(BaseSubject.of(HeaderText.decode(cut)));
        }
    }

    private void fold(int field, String value) {
        String text = value;
        if (value.length() > LONGEST_FIELD) {
            unavailable |= 1L << field;
            text = value.substring(0, LONGEST_FIELD);
        }
        folded[field] = HeaderText.fold(text);
    }

    byte[] lines() {
        return lines.toByteArray();
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

    /// Decoded and folded UTF-8 of the field with this number; null when it is not there.
    byte @Nullable [] folded(int field) {
        return folded[field];
    }
}
