package palomar.os;

import java.io.IOException;

/// No space left on the device, or the owner's disk quota is used up. What was written of the failed call is
/// unknown.
public final class DiskFullException extends IOException {
    public DiskFullException(String message, Throwable cause) {
        super(message, cause);
    }

    public DiskFullException(String message) {
        super(message);
    }
}
