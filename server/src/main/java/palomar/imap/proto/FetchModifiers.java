package palomar.imap.proto;

import java.util.Optional;
import java.util.OptionalLong;

/// What a FETCH says after its items. RFC 7162 3.1.4, RFC 9394 3.3
///
/// @param changedSince only messages with a higher mod-sequence; 1 to 2^63-1 (0 is accepted: some clients send it)
/// @param vanished report expunges since then too: only in UID FETCH, with CHANGEDSINCE, after ENABLE QRESYNC.
///     RFC 7162 3.2.6
/// @param partial only so many of the messages that the set names, before anything else is asked of them; only in
///     UID FETCH
public record FetchModifiers(OptionalLong changedSince, boolean vanished, Optional<ResultRange> partial) {
    public static final FetchModifiers NONE = new FetchModifiers(OptionalLong.empty(), false, Optional.empty());
}
