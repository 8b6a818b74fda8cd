package palomar.os;

import java.time.Instant;

/// What a name in a directory stands for; of a link itself, not of what it leads to.
///
/// @param size in bytes
/// @param modified when its content changed last
public record FileFacts(Kind kind, long size, Instant modified) {
    public enum Kind {
        FILE,
        FOLDER,
        LINK,
        /// A device, a socket and the like.
        OTHER
    }
}
