package palomar.storage.journal;

/// When a group counts as committed.
public enum Durability {
    /// After the store's sync: survives a power cut.
    SYNC,
    /// After the write: survives `kill -9` of the process; synced within the journal's lazy-sync time (1 s).
    WRITTEN
}
