package palomar.delivery;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Looks at the header of a message as it passes, for what a delivery must know: how often it was received, whom
/// it was delivered to, and its Message-ID for the log. Stops at the empty line. One thread.
final class HeaderWatch {
    private static final int MOST_VALUE = 600;
    private static final int MOST_ADDRESSES = 200;
    private static final byte[] RECEIVED = name("received:");
    private static final byte[] DELIVERED_TO = name("delivered-to:");
    private static final byte[] MESSAGE_ID = name("message-id:");

    /// The first bytes of a line, as far as they are wanted.
    private final byte[] line = new byte[MOST_VALUE];

    private final Set<String> deliveredTo = new HashSet<>();
    private int length;
    private int received;
    private String messageId = "";
    private boolean done;

    private static byte[] name(String field) {
        return field.getBytes(StandardCharsets.US_ASCII);
    }

    void see(byte[] bytes, int from, int to) {
        for (int i = from; i < to && !done; i++) {
            byte b = bytes[i];
            if (b == '\n') {
                endOfLine();
                length = 0;
            } else if (length < MOST_VALUE) {
                line[length++] = b;
            }
        }
    }

    private void endOfLine() {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        if (end == 0) {
            done = true;
        } else if (begins(RECEIVED)) {
            received++;
        } else if (begins(DELIVERED_TO)) {
            if (deliveredTo.size() < MOST_ADDRESSES) {
                deliveredTo.add(plain(value(DELIVERED_TO.length, end)));
            }
        } else if (begins(MESSAGE_ID) && messageId.isEmpty()) {
            messageId = value(MESSAGE_ID.length, end);
        }
    }

    private boolean begins(byte[] name) {
        if (length < name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            int b = line[i];
            if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private String value(int from, int end) {
        return new String(line, from, end - from, StandardCharsets.UTF_8).strip();
    }

    /// An address for comparing: without brackets, in lower case.
    private static String plain(String address) {
        String bare = address.startsWith("<") && address.endsWith(">") && address.length() > 1
                ? address.substring(1, address.length() - 1)
                : address;
        return bare.toLowerCase(Locale.ROOT);
    }

    /// How many Received fields there are.
    int received() {
        return received;
    }

    boolean wasDeliveredTo(String address) {
        return deliveredTo.contains(plain(address));
    }

    /// As it stands in the message, or empty; not to be trusted.
    String messageId() {
        return messageId;
    }
}
