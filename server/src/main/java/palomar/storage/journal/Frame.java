package palomar.storage.journal;

/// A frame read back, its payload verified.
///
/// @param payload all of it; for a body its block table only
public record Frame(FrameHeader header, byte[] payload) {}
