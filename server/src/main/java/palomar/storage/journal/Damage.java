package palomar.storage.journal;

/// A stretch of the log that can't be read as what was written there.
///
/// @param lsn where it begins
/// @param length bytes up to the next thing that is sound, as far as known; at least 8
/// @param mailbox the mailbox named by a header that is itself sound, else 0
/// @param type the frame's type likewise, else 0
/// @param reason for the operator
public record Damage(long lsn, long length, long mailbox, int type, String reason) {
    @Override
    public String toString() {
        return "damage at LSN " + Long.toHexString(lsn) + ", " + length + " bytes: " + reason;
    }
}
