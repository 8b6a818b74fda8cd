package palomar.storage.journal;

/// Sees the frames of a log in LSN order, whole groups only. Called by the scanning thread.
public interface FrameVisitor {
    /// @param payload the frame's payload, verified; empty for a body (read it by its LSN) and in a scan of
    ///     headers
    void frame(FrameHeader header, byte[] payload);

    /// The frames since the last call were one group. After damage it may be what is left of one.
    default void endOfGroup(long endLsn) {}

    /// Something was skipped here, and what follows is sound again; or a body is not readable, and its frame is
    /// visited all the same.
    default void damaged(Damage damage) {}
}
