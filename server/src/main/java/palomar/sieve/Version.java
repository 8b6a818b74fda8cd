package palomar.sieve;

import palomar.bytes.ByteSource;

/// A message as it was when an action was executed: scripts may edit it between actions, and what was done before an
/// edit is done with the message before the edit. RFC 5293 3
///
/// Immutable; readable as long as the message that the run was given.
public interface Version {
    /// The whole message, lines ending in CRLF.
    ByteSource content();

    /// True while nothing was edited: then [#content()] is what was delivered, byte for byte.
    boolean isOriginal();
}
