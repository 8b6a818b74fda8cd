package palomar.message;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import palomar.mail.MessageGuid;

/// Remembers how the part that was decoded last is laid out, so that a client who takes a large attachment piece
/// by piece does not have all of it decoded for each. For one session; one thread.
public final class LastPart {
    private @Nullable MessageGuid message;
    private int[] path = {};
    private @Nullable DecodedLayout layout;

    @Nullable
    DecodedLayout find(MessageGuid guid, int[] part) {
        return guid.equals(message) && Arrays.equals(part, path) ? layout : null;
    }

    void keep(MessageGuid guid, int[] part, DecodedLayout found) {
        message = guid;
        path = part.clone();
        layout = found;
    }
}
