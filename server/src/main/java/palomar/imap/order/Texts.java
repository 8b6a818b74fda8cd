package palomar.imap.order;

import java.nio.charset.StandardCharsets;
import palomar.message.BaseSubject;
import palomar.message.Collation;
import palomar.message.Digest;

/// Texts of messages as collations compare them. RFC 5256 2.1 and 3, RFC 5957 3, RFC 5255 4.6
final class Texts {
    /// Stands in decoded text for what could not be decoded.
    private static final char UNDECODED = '\ufffd';

    private static final byte[] NOTHING = new byte[0];

    private Texts() {}

    static byte[] key(Digest digest, Property.Text property) {
        Collation collation = property.collation();
        return switch (property.field()) {
            case SUBJECT -> subject(digest, collation);
            case FROM -> key(digest.firstMailbox("From"), collation);
            case TO -> key(digest.firstMailbox("To"), collation);
            case CC -> key(digest.firstMailbox("Cc"), collation);
            case DISPLAYFROM -> key(digest.firstDisplayName("From"), collation);
            case DISPLAYTO -> key(digest.firstDisplayName("To"), collation);
        };
    }

    /// The digest has what i;unicode-casemap makes of the base subject; others start from the field.
    private static byte[] subject(Digest digest, Collation collation) {
        if (collation == Collation.UNICODE_CASEMAP) {
            String folded = digest.baseSubject();
            if (folded.indexOf(UNDECODED) < 0) {
                return folded.getBytes(StandardCharsets.UTF_8);
            }
        }
        return key(BaseSubject.of(digest.subject()), collation);
    }

    /// Text with parts that were not valid in their charset stands behind all other text, by its bytes.
    private static byte[] key(String text, Collation collation) {
        if (text.isEmpty()) {
            return NOTHING;
        }
        if (text.indexOf(UNDECODED) < 0) {
            return collation.key(text);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] key = new byte[bytes.length + 1];
        key[0] = (byte) 0xff;
        System.arraycopy(bytes, 0, key, 1, bytes.length);
        return key;
    }
}
