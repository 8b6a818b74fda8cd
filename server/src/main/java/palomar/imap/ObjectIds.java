package palomar.imap;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import palomar.mail.MessageGuid;
import palomar.message.Digest;

/// Object identifiers as clients see them, told apart by their first letter; a mailbox's is its
/// [palomar.mail.MailboxId]. RFC 8474
final class ObjectIds {
    private static final char EMAIL = 'E';
    private static final char THREAD = 'T';
    private static final int GUID_DIGITS = 32;
    /// Bytes of the hash that are shown: 160 bits.
    private static final int THREAD_BYTES = 20;

    private ObjectIds() {}

    /// EMAILID: the content's name in the store, so that copies have the same. RFC 8474 5.1
    static String email(MessageGuid guid) {
        return EMAIL + guid.toString();
    }

    /// The message that an EMAILID means; empty when it is none of ours.
    static Optional<MessageGuid> guid(String emailId) {
        boolean ours = emailId.length() == 1 + GUID_DIGITS && emailId.charAt(0) == EMAIL;
        for (int i = 1; ours && i <= GUID_DIGITS; i++) {
            char c = emailId.charAt(i);
            ours = c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
        }
        if (!ours) {
            return Optional.empty();
        }
        int middle = 1 + GUID_DIGITS / 2;
        return Optional.of(new MessageGuid(
                Long.parseUnsignedLong(emailId, 1, middle, 16),
                Long.parseUnsignedLong(emailId, middle, emailId.length(), 16)));
    }

    /// THREADID: a hash of the Message-ID that the conversation began with, as far as the message itself tells:
    /// the first of References, else of In-Reply-To, else its own. So it never changes, is the same in all
    /// mailboxes and for all users, and nothing need be stored. A message that has none of these is a thread of
    /// its own. RFC 8474 5.2
    static String thread(Digest digest, MessageGuid guid) {
        List<String> ancestors = digest.references();
        String first = ancestors.isEmpty() ? digest.messageId() : ancestors.getFirst();
        byte[] root = (first.isEmpty() ? email(guid) : "<" + first + ">").getBytes(StandardCharsets.UTF_8);
        return THREAD + HexFormat.of().formatHex(sha256().digest(root), 0, THREAD_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
