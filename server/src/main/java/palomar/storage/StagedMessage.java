package palomar.storage;

import palomar.bytes.ByteSource;
import palomar.mail.MessageGuid;

/// A whole message, ready to be stored in any number of mailboxes. Immutable; readable until its staging is
/// closed.
///
/// @param content the bytes as they will be stored
/// @param digest what `palomar.message` found in them, in its stored form (docs/storage/loft-v1.md, digest)
/// @param guid drawn for this content; with a head before it each copy has [MessageGuid#behind(byte[])]
public record StagedMessage(ByteSource content, byte[] digest, MessageGuid guid) {
    public long size() {
        return content.size();
    }
}
