package palomar.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// ENVELOPE in wire form. RFC 9051 7.5.2, RFC 3501 7.4.2
final class EnvelopeWriter {
    /// Bytes that one envelope may fill; addresses and text beyond are left out.
    static final int MOST = 256 << 10;

    private static final int MOST_ADDRESSES = 10_000;

    private EnvelopeWriter() {}

    /// @param values by [HeaderField] number, unfolded
    static void write(ByteBuilder out, @Nullable String[] values, int room) {
        int limit = out.size() + room;
        out.add('(');
        text(out, values, HeaderField.DATE, limit);
        out.add(' ');
        text(out, values, HeaderField.SUBJECT, limit);
        out.add(' ');
        int from = out.size();
        addresses(out, values[HeaderField.FROM.ordinal()], limit);
        int fromEnd = out.size();
        out.add(' ');
        addressesOrFrom(out, values[HeaderField.SENDER.ordinal()], limit, from, fromEnd);
        out.add(' ');
        addressesOrFrom(out, values[HeaderField.REPLY_TO.ordinal()], limit, from, fromEnd);
        out.add(' ');
        addresses(out, values[HeaderField.TO.ordinal()], limit);
        out.add(' ');
        addresses(out, values[HeaderField.CC.ordinal()], limit);
        out.add(' ');
        addresses(out, values[HeaderField.BCC.ordinal()], limit);
        out.add(' ');
        text(out, values, HeaderField.IN_REPLY_TO, limit);
        out.add(' ');
        text(out, values, HeaderField.MESSAGE_ID, limit);
        out.add(')');
    }

    private static void text(ByteBuilder out, @Nullable String[] values, HeaderField field, int limit) {
        String value = values[field.ordinal()];
        int room = Math.max(0, limit - out.size()) / 2;
        WireText.nstring(out, value == null || value.length() <= room ? value : value.substring(0, room));
    }

    private static void addressesOrFrom(ByteBuilder out, @Nullable String value, int limit, int from, int fromEnd) {
        int start = out.size();
        addresses(out, value, limit);
        boolean nil = out.array()[start] == 'N';
        if (nil && out.size() + fromEnd - from <= limit) {
            out.truncate(start);
            out.add(out.array(), from, fromEnd);
        }
    }

    private static void addresses(ByteBuilder out, @Nullable String value, int limit) {
        List<Address> list = value == null ? List.of() : AddressParser.parse(value, MOST_ADDRESSES);
        int start = out.size();
        out.add('(');
        boolean inGroup = false;
        for (Address address : list) {
            int before = out.size();
            address(out, address);
            if (out.size() > limit - 32) {
                out.truncate(before);
                break;
            }
            inGroup = address.isGroupMark() ? address.mailbox() != null : inGroup;
        }
        if (inGroup) {
            address(out, Address.GROUP_END);
        }
        if (out.size() == start + 1) {
            out.truncate(start);
            out.text("NIL");
            return;
        }
        out.add(')');
    }

    private static void address(ByteBuilder out, Address address) {
        out.add('(');
        WireText.nstring(out, address.name());
        out.add(' ');
        WireText.nstring(out, address.route());
        out.add(' ');
        WireText.nstring(out, address.mailbox());
        out.add(' ');
        WireText.nstring(out, address.host());
        out.add(')');
    }
}
