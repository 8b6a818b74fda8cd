package palomar.imap.proto;

/// How THREAD puts messages together; the constants' names are the words on the wire.
public enum ThreadAlgorithm {
    /// RFC 5256 3 (BASE.6.4.THREAD)
    ORDEREDSUBJECT,
    /// RFC 5256 3 (BASE.6.4.THREAD)
    REFERENCES,
    /// As REFERENCES, without regard to subjects, the thread that changed last at the end.
    /// draft-ietf-morg-inthread-01 4
    REFS
}
