package palomar.pop3;

import java.time.Duration;
import palomar.sasl.Mechanisms;
import palomar.storage.QuotaLimits;

/// What an operator decides about POP3. Immutable.
///
/// @param plaintext passwords are taken without TLS
/// @param beforeLogin how long a stranger may be silent
/// @param idle how long a user may be silent: RFC 1939 3 asks for ten minutes at least
/// @param mostLoginFailures in one connection
/// @param mostSessionsPerUser at once; 1 makes maildrops exclusive as RFC 1939 4 has it
/// @param uidl how unique ids look
/// @param keepsUnread RETR leaves `\Seen` alone
/// @param deletes QUIT removes what was deleted; else it is marked `\Deleted` and hidden from POP3
/// @param onlyRead only what this session has read with RETR is removed
public record Pop3Settings(
        boolean plaintext,
        Mechanisms mechanisms,
        Duration beforeLogin,
        Duration idle,
        int mostLoginFailures,
        int mostSessionsPerUser,
        UidlFormat uidl,
        boolean keepsUnread,
        boolean deletes,
        boolean onlyRead,
        QuotaLimits quota) {}
