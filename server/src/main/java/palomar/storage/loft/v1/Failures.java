package palomar.storage.loft.v1;

import java.io.IOException;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.os.DiskFullException;
import palomar.storage.journal.DamagedFrameException;

/// What a failed file call means to a client.
final class Failures {
    private Failures() {}

    static MailException refusal(IOException e) {
        if (e instanceof DiskFullException) {
            return new MailException(MailError.DISK_FULL, "the server's disk is full", e);
        }
        if (e instanceof DamagedFrameException) {
            return new MailException(MailError.CORRUPTION, "stored data is damaged", e);
        }
        return new MailException(MailError.UNAVAILABLE, "the mail store can't be reached just now", e);
    }
}
