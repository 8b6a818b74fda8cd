package palomar.imap.proto;

import java.util.OptionalLong;

/// What a FETCH says after its items. RFC 7162 3.1.4
///
/// @param changedSince only messages with a higher mod-sequence; 1 to 2^63-1 (0 is accepted: some clients send it)
/// @param vanished report expunges since then too: only in UID FETCH, with CHANGEDSINCE, after ENABLE QRESYNC.
///     RFC 7162 3.2.6
public record FetchModifiers(OptionalLong changedSince, boolean vanished) {
    public static final FetchModifiers NONE = new FetchModifiers(OptionalLong.empty(), false);
}
