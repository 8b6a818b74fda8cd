package palomar.storage.journal;

import java.io.IOException;

/// The shard is open elsewhere, in this process or another one.
public final class ShardInUseException extends IOException {
    public ShardInUseException(String message) {
        super(message);
    }
}
