package palomar.message;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The header fields that a digest knows of: those that mail clients ask for in lists of messages.
///
/// The order is part of the stored format: a digest says how many of them its writer knew, so new fields may
/// only be added at the end. At most 64.
enum HeaderField {
    SUBJECT("subject", Keep.LINES),
    FROM("from", Keep.LINES),
    TO("to", Keep.LINES),
    CC("cc", Keep.LINES),
    BCC("bcc", Keep.LINES),
    REPLY_TO("reply-to", Keep.LINES),
    SENDER("sender", Keep.LINES),
    DATE("date", Keep.LINES),
    MESSAGE_ID("message-id", Keep.LINES),
    IN_REPLY_TO("in-reply-to", Keep.LINES),
    REFERENCES("references", Keep.LINES),
    CONTENT_TYPE("content-type", Keep.LINES),
    CONTENT_TRANSFER_ENCODING("content-transfer-encoding", Keep.LINES),
    CONTENT_DISPOSITION("content-disposition", Keep.LINES),
    CONTENT_LANGUAGE("content-language", Keep.LINES),
    CONTENT_LOCATION("content-location", Keep.LINES),
    CONTENT_ID("content-id", Keep.LINES),
    CONTENT_DESCRIPTION("content-description", Keep.LINES),
    CONTENT_MD5("content-md5", Keep.LINES),
    /// All fields whose name starts so.
    LIST("list-", Keep.FAMILY),
    X_SPAM("x-spam-", Keep.FAMILY),
    X_PRIORITY("x-priority", Keep.LINES),
    PRIORITY("priority", Keep.LINES),
    IMPORTANCE("importance", Keep.LINES),
    X_MSMAIL_PRIORITY("x-msmail-priority", Keep.LINES),
    DISPOSITION_NOTIFICATION_TO("disposition-notification-to", Keep.LINES),
    X_MAILER("x-mailer", Keep.LINES),
    USER_AGENT("user-agent", Keep.LINES),
    NEWSGROUPS("newsgroups", Keep.LINES),
    FOLLOWUP_TO("followup-to", Keep.LINES),
    MAIL_FOLLOWUP_TO("mail-followup-to", Keep.LINES),
    MAIL_REPLY_TO("mail-reply-to", Keep.LINES),
    LINES("lines", Keep.LINES),
    X_LABEL("x-label", Keep.LINES),
    X_ORIGINAL_TO("x-original-to", Keep.LINES),
    X_TUID("x-tuid", Keep.LINES),
    X_UNIFORM_TYPE_IDENTIFIER("x-uniform-type-identifier", Keep.LINES),
    X_UNIVERSALLY_UNIQUE_IDENTIFIER("x-universally-unique-identifier", Keep.LINES),
    X_K9MAIL_IDENTITY("x-k9mail-identity", Keep.PRESENCE),
    CHAT_VERSION("chat-version", Keep.LINES),
    AUTO_SUBMITTED("auto-submitted", Keep.LINES),
    PRECEDENCE("precedence", Keep.LINES),
    MIME_VERSION("mime-version", Keep.LINES),
    ERRORS_TO("errors-to", Keep.LINES),
    RETURN_RECEIPT_TO("return-receipt-to", Keep.LINES),
    COMMENTS("comments", Keep.PRESENCE),
    KEYWORDS("keywords", Keep.PRESENCE),
    ORGANIZATION("organization", Keep.PRESENCE),
    AUTOCRYPT("autocrypt", Keep.PRESENCE),
    DKIM_SIGNATURE("dkim-signature", Keep.PRESENCE),
    BIMI_INDICATOR("bimi-indicator", Keep.PRESENCE),
    BIMI_LOCATION("bimi-location", Keep.PRESENCE),
    X_BIMI_INDICATOR_HASH("x-bimi-indicator-hash", Keep.PRESENCE),
    X_FACE("x-face", Keep.PRESENCE),
    FACE("face", Keep.PRESENCE);

    /// What a digest keeps of a field.
    enum Keep {
        /// The lines as they stand in the message.
        LINES,
        /// The lines of every field whose name has this prefix.
        FAMILY,
        /// Only whether it is there: rarely asked for, or large.
        PRESENCE
    }

    private static final HeaderField[] ALL = values();
    private static final int SLOTS = 256;
    private static final @Nullable HeaderField[] TABLE = table();

    private final String text;
    private final byte[] name;
    private final Keep keep;

    HeaderField(String name, Keep keep) {
        this.text = name;
        this.name = name.getBytes(StandardCharsets.US_ASCII);
        this.keep = keep;
    }

    Keep keep() {
        return keep;
    }

    /// In lower case.
    String text() {
        return text;
    }

    long bit() {
        return 1L << ordinal();
    }

    static int count() {
        return ALL.length;
    }

    static HeaderField at(int ordinal) {
        return ALL[ordinal];
    }

    /// The field with this name in any case, or the family it belongs to, or null.
    static @Nullable HeaderField of(byte[] bytes, int from, int to) {
        int slot = slot(bytes, from, to);
        for (HeaderField at = TABLE[slot]; at != null; at = TABLE[slot]) {
            if (equalsIgnoreCase(at.name, bytes, from, to)) {
                return at;
            }
            slot = slot + 1 & SLOTS - 1;
        }
        if (startsIgnoreCase(LIST.name, bytes, from, to)) {
            return LIST;
        }
        return startsIgnoreCase(X_SPAM.name, bytes, from, to) ? X_SPAM : null;
    }

    static @Nullable HeaderField of(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return of(bytes, 0, bytes.length);
    }

    /// Is `bytes[from, to)` the wanted name (lower case) in any case?
    static boolean equalsIgnoreCase(byte[] wanted, byte[] bytes, int from, int to) {
        return to - from == wanted.length && startsIgnoreCase(wanted, bytes, from, to);
    }

    private static boolean startsIgnoreCase(byte[] wanted, byte[] bytes, int from, int to) {
        if (to - from < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (lower(bytes[from + i]) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    static int lower(int b) {
        return b >= 'A' && b <= 'Z' ? b + 32 : b;
    }

    private static int slot(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + (bytes[i] | 0x20);
        }
        return (hash ^ hash >>> 8) & SLOTS - 1;
    }

    private static @Nullable HeaderField[] table() {
        @Nullable HeaderField[] table = new HeaderField[SLOTS];
        for (HeaderField field : values()) {
            if (field.keep == Keep.FAMILY) {
                continue;
            }
            int slot = slot(field.name, 0, field.name.length);
            while (table[slot] != null) {
                slot = slot + 1 & SLOTS - 1;
            }
            table[slot] = field;
        }
        return table;
    }
}
