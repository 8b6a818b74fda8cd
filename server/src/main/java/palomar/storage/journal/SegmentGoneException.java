package palomar.storage.journal;

import java.io.IOException;

/// No segment holds this LSN: it was compacted away, or never written. Look the frame's new place up and try
/// again.
public final class SegmentGoneException extends IOException {
    public SegmentGoneException(long lsn) {
        super("no segment holds LSN " + lsn);
    }
}
