package palomar.message;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteOutput;
import palomar.mail.MailError;
import palomar.mail.MailException;

/// Reads a digest where it is stored: a view that is set on one digest after the other and copies nothing it isn't
/// asked for. The format is [DigestFormat]'s. One thread; valid as long as the bytes are.
///
/// The bytes are trusted to be what [MessageParser#finish()] made: stores keep a checksum over them.
public final class StoredDigest implements Digest {
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] CRLF = {'\r', '\n'};

    private byte[] bytes = NOTHING;
    private int base;
    private int head;

    /// Sets the view on `buffer[offset, offset + length)`.
    ///
    /// @param headLength bytes that stand in front of the parsed message for one recipient: whole header lines
    /// (Return-Path, Delivered-To, Received), which the digest does not know
    /// @return this view
    public StoredDigest wrap(byte[] buffer, int offset, int length, int headLength) {
        boolean whole = length >= DigestFormat.HEAD;
        boolean known = whole && buffer[offset] >= DigestFormat.OLDEST && buffer[offset] <= DigestFormat.VERSION;
        if (!known || length < (int) DigestFormat.INTS.get(buffer, offset + endAt(DigestFormat.PARTS))) {
            throw new MailException(MailError.CORRUPTION, "The message's index data is damaged");
        }
        this.bytes = buffer;
        this.base = offset;
        this.head = headLength;
        return this;
    }

    /// A view of a digest that stands alone.
    public static StoredDigest of(byte[] digest) {
        return new StoredDigest().wrap(digest, 0, digest.length, 0);
    }

    @Override
    public long headerSize() {
        return (long) DigestFormat.LONGS.get(bytes, base + DigestFormat.HEADER_SIZE) + head;
    }

    /// Bytes of the whole message, those in front of it included.
    public long messageSize() {
        return (long) DigestFormat.LONGS.get(bytes, base + DigestFormat.MESSAGE_SIZE) + head;
    }

    @Override
    public void writeEnvelope(ByteOutput out) throws IOException {
        int from = start(DigestFormat.ENVELOPE);
        out.write(bytes, from, end(DigestFormat.ENVELOPE) - from);
    }

    @Override
    public void writeBodyStructure(ByteOutput out, boolean extended) throws IOException {
        int from = start(DigestFormat.STRUCTURE);
        int to = end(DigestFormat.STRUCTURE);
        if (!extended) {
            int at = start(DigestFormat.EXTENSIONS);
            int last = end(DigestFormat.EXTENSIONS);
            while (at < last) {
                int kept = (int) varint(at);
                at = afterVarint(at);
                int left = (int) varint(at);
                at = afterVarint(at);
                out.write(bytes, from, kept);
                from += kept + left;
            }
        }
        out.write(bytes, from, to - from);
    }

    @Override
    public boolean writeHeaderFields(HeaderNames wanted, ByteOutput out) throws IOException {
        long bits = wanted.fieldBits();
        long unavailable = (long) DigestFormat.LONGS.get(bytes, base + DigestFormat.UNAVAILABLE);
        if (!wanted.mayBeInDigest() || (bits & (unavailable | unknown())) != 0) {
            return false;
        }
        int at = start(DigestFormat.LINES);
        int last = end(DigestFormat.LINES);
        while (at < last) {
            int number = bytes[at];
            int length = (int) varint(at + 1);
            int from = afterVarint(at + 1);
            at = from + length;
            if ((bits >>> number & 1) != 0 && wanted.isWantedLine(number, bytes, from, at)) {
                out.write(bytes, from, length);
                if (bytes[at - 1] != '\n') {
                    out.write(CRLF, 0, 2);
                }
            }
        }
        out.write(CRLF, 0, 2);
        return true;
    }

    /// Fields that did not exist yet for the writer of this digest.
    private long unknown() {
        int known = bytes[base + DigestFormat.KNOWN];
        return known >= 64 ? 0 : -1L << known;
    }

    @Override
    public Answer headerContains(FieldNeedle wanted) {
        HeaderField known = wanted.known();
        Needle needle = wanted.needle();
        if (known == null || (known.bit() & unknown()) != 0) {
            return Answer.UNKNOWN;
        }
        long unavailable = (long) DigestFormat.LONGS.get(bytes, base + DigestFormat.UNAVAILABLE);
        boolean complete = (unavailable & known.bit()) == 0;
        // What is kept folded is folded as i;unicode-casemap has it; other collations look at the lines.
        boolean folded = known.ordinal() < MessageHeader.FOLDED && needle.collation() == Collation.UNICODE_CASEMAP;
        if (folded && bytes[base] < 2 && (!complete || isRepeated(known))) {
            return Answer.UNKNOWN;
        }
        boolean found = folded ? foldedContains(known.ordinal(), needle) : complete && linesContain(known, wanted);
        return found ? Answer.YES : complete ? Answer.NO : Answer.UNKNOWN;
    }

    private boolean isRepeated(HeaderField field) {
        int count = 0;
        int last = end(DigestFormat.LINES);
        for (int at = start(DigestFormat.LINES); at < last; ) {
            count += bytes[at] == field.ordinal() ? 1 : 0;
            at = afterVarint(at + 1) + (int) varint(at + 1);
        }
        return count > 1;
    }

    private boolean foldedContains(int field, Needle needle) {
        int at = start(DigestFormat.FOLDED);
        int before = 0;
        int size = 0;
        for (int i = 0; i < MessageHeader.FOLDED; i++) {
            int length = (int) varint(at);
            at = afterVarint(at);
            before += i < field ? Math.max(0, length - 1) : 0;
            size = i == field ? length : size;
        }
        at = afterVarint(afterVarint(at));
        return size > 0 && needle.isIn(bytes, at + before, at + before + size - 1);
    }

    private boolean linesContain(HeaderField field, FieldNeedle wanted) {
        int at = start(DigestFormat.LINES);
        int last = end(DigestFormat.LINES);
        while (at < last) {
            int number = bytes[at];
            int from = afterVarint(at + 1);
            int to = from + (int) varint(at + 1);
            at = to;
            if (number == field.ordinal()
                    && wanted.names().isWantedLine(number, bytes, from, to)
                    && lineContains(wanted, from, to)) {
                return true;
            }
        }
        return false;
    }

    private boolean lineContains(FieldNeedle wanted, int from, int to) {
        int end = to;
        while (end > from && RawText.isSpace(bytes[end - 1])) {
            end--;
        }
        if (FieldNeedle.isPlain(bytes, from, end)) {
            return wanted.isInPlain(bytes, from, end);
        }
        Needle needle = wanted.needle();
        byte[] text = needle.fold(HeaderText.searched(value(from, to)));
        return needle.isIn(text, 0, text.length);
    }

    @Override
    public long sentSeconds() {
        return (long) DigestFormat.LONGS.get(bytes, base + DigestFormat.SENT);
    }

    @Override
    public long sentDay() {
        return MailDate.day(sentSeconds(), (short) DigestFormat.SHORTS.get(bytes, base + DigestFormat.ZONE));
    }

    @Override
    public String baseSubject() {
        int at = start(DigestFormat.FOLDED);
        int sizes = 0;
        for (int i = 0; i < MessageHeader.FOLDED; i++) {
            sizes += (int) Math.max(0, varint(at) - 1);
            at = afterVarint(at);
        }
        int place = (int) varint(at);
        at = afterVarint(at);
        int size = (int) varint(at);
        at = afterVarint(at);
        return new String(bytes, place == 0 ? at + sizes : at + place - 1, size, StandardCharsets.UTF_8);
    }

    @Override
    public String preview() {
        int from = start(DigestFormat.PREVIEW);
        return new String(bytes, from, end(DigestFormat.PREVIEW) - from, StandardCharsets.UTF_8);
    }

    @Override
    public String messageId() {
        List<String> ids = MessageIds.find(rawValue(HeaderField.MESSAGE_ID));
        return ids.isEmpty() ? "" : ids.getFirst();
    }

    @Override
    public List<String> references() {
        List<String> ids = MessageIds.find(rawValue(HeaderField.REFERENCES));
        if (!ids.isEmpty()) {
            return ids;
        }
        List<String> parents = MessageIds.find(rawValue(HeaderField.IN_REPLY_TO));
        return parents.isEmpty() ? List.of() : List.of(parents.getFirst());
    }

    @Override
    public String subject() {
        return HeaderText.decode(rawValue(HeaderField.SUBJECT));
    }

    @Override
    public String firstMailbox(String field) {
        Address first = firstAddress(field);
        return first == null || first.mailbox() == null ? "" : HeaderText.decode(first.mailbox());
    }

    @Override
    public String firstDisplayName(String field) {
        Address first = firstAddress(field);
        if (first == null) {
            return "";
        }
        String name = first.name() == null ? "" : HeaderText.decode(first.name());
        if (!name.isEmpty()) {
            return name;
        }
        String mailbox = first.mailbox() == null ? "" : first.mailbox();
        return HeaderText.decode(first.host() == null ? mailbox : mailbox + "@" + first.host());
    }

    private @Nullable Address firstAddress(String field) {
        HeaderField known = HeaderField.of(field);
        List<Address> addresses = known == null ? List.of() : AddressParser.parse(rawValue(known), 1);
        return addresses.isEmpty() ? null : addresses.getFirst();
    }

    /// Raw unfolded value of the first such field, cut where the digest cut it; empty when there is none.
    String rawValue(HeaderField field) {
        int at = start(DigestFormat.LINES);
        int last = end(DigestFormat.LINES);
        while (at < last) {
            int from = afterVarint(at + 1);
            int to = from + (int) varint(at + 1);
            if (bytes[at] == field.ordinal()) {
                return value(from, to);
            }
            at = to;
        }
        return "";
    }

    private String value(int from, int to) {
        HeaderCursor cursor = new HeaderCursor(bytes, from, to);
        return cursor.next() ? cursor.value() : "";
    }

    @Override
    public Optional<Part> part(int... path) {
        PartTable table = table();
        if (!table.seek(path)) {
            return Optional.empty();
        }
        List<Integer> boxed = new ArrayList<>(path.length);
        for (int n : path) {
            boxed.add(n);
        }
        return Optional.of(table.part(List.copyOf(boxed)));
    }

    @Override
    public List<Part> parts() {
        return table().parts();
    }

    PartTable table() {
        return new PartTable(bytes, start(DigestFormat.PARTS), head);
    }

    private static int endAt(int section) {
        return DigestFormat.ENDS + 4 * section;
    }

    private int start(int section) {
        return section == 0 ? base + DigestFormat.HEAD : end(section - 1);
    }

    private int end(int section) {
        return base + (int) DigestFormat.INTS.get(bytes, base + endAt(section));
    }

    private long varint(int from) {
        int at = from;
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = bytes[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    private int afterVarint(int from) {
        int at = from;
        while (bytes[at] < 0) {
            at++;
        }
        return at + 1;
    }
}
