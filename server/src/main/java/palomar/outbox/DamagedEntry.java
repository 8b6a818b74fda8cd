package palomar.outbox;

import java.io.IOException;

/// A file of the spool is not what we wrote.
final class DamagedEntry extends IOException {
    DamagedEntry(String text) {
        super(text);
    }
}
