package palomar.imap.order;

import java.nio.charset.StandardCharsets;
import palomar.message.BaseSubject;
import palomar.message.Collation;
import palomar.message.Digest;

/// Base subjects as collations compare them. RFC 5256 2.1
final class SubjectText {
    private SubjectText() {}

    /// The digest has what i;unicode-casemap makes of it; others start from the field.
    static byte[] key(Digest digest, Collation collation) {
        return collation == Collation.UNICODE_CASEMAP
                ? digest.baseSubject().getBytes(StandardCharsets.UTF_8)
                : collation.key(BaseSubject.of(digest.subject()));
    }
}
