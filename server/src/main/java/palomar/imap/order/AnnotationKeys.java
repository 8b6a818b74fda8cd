package palomar.imap.order;

import java.nio.charset.StandardCharsets;
import palomar.imap.proto.AnnotationKey;
import palomar.message.Collation;
import palomar.storage.Mailbox;

/// What messages are ordered by when it is one of their annotations: those without come first. RFC 5257 4.9
final class AnnotationKeys {
    private static final byte[] NOTHING = new byte[0];

    private AnnotationKeys() {}

    /// @param uids ascending
    static long[] of(Mailbox mailbox, int[] uids, AnnotationKey key, Collation collation) {
        String scope = key.shared() ? Mailbox.SHARED_ANNOTATION : Mailbox.PRIVATE_ANNOTATION;
        String name = scope + key.entry().substring(1);
        TextTable table = new TextTable();
        int[] texts = new int[uids.length];
        for (int i = 0; i < uids.length; i++) {
            texts[i] = table.number(mailbox.annotations(Integer.toUnsignedLong(uids[i]))
                    .get(name)
                    .map(value -> collation.key(new String(value, StandardCharsets.UTF_8)))
                    .orElse(NOTHING));
        }
        int[] order = table.sorted(0);
        long[] ranks = new long[order.length];
        for (int rank = 0; rank < order.length; rank++) {
            ranks[order[rank]] = rank;
        }
        long[] keys = new long[uids.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = ranks[texts[i]];
        }
        return keys;
    }
}
