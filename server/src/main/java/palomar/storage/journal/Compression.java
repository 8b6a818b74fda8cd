package palomar.storage.journal;

/// Whether bodies are compressed as they are stored. What is stored already stays as it is.
public enum Compression {
    /// zstd level 1, for blocks of at least 1 KiB that shrink by at least a tenth.
    ALWAYS,
    NEVER
}
