package palomar.storage.journal;

import java.io.IOException;

/// Someone opened the shard with a higher epoch: this opening owns it no more and must stop serving.
public final class FencedException extends IOException {
    public FencedException(long ownEpoch, long otherEpoch) {
        super("epoch " + ownEpoch + " was fenced by epoch " + otherEpoch);
    }
}
