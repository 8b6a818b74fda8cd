package palomar.storage.journal;

/// What a group does to the derived state, once it is committed.
///
/// Called once, before the group's waiter is woken, one group at a time and in LSN order, by the journal's thread.
/// Must be short, must not wait for the journal, and must not take a lock that anyone holds while waiting for the
/// journal. It must not throw: an exception here means that the state
/// no longer follows the log, and the journal refuses to go on.
@FunctionalInterface
public interface Applied {
    /// @param groupLsn LSN of the group's first frame; a frame added at offset `o` is at `groupLsn + o`
    void applied(long groupLsn);

    /// The group will not be committed: called instead, before the waiter is woken, by whichever thread finds out.
    default void refused() {}
}
