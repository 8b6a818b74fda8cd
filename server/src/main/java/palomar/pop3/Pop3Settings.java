package palomar.pop3;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import palomar.net.Cidr;
import palomar.sasl.Mechanisms;
import palomar.storage.QuotaLimits;

/// What an operator decides about POP3. Immutable.
///
/// @param plaintext passwords are taken without TLS
/// @param beforeLogin how long a stranger may be silent; all the time until login is three times as long
/// @param idle how long a user may be silent: RFC 1939 3 asks for ten minutes at least
/// @param mostLoginFailures in one connection
/// @param mostSessionsPerUser at once; 1 makes maildrops exclusive as RFC 1939 4 has it
/// @param uidl how unique ids look
/// @param keepsUnread RETR leaves `\Seen` alone
/// @param deletes QUIT removes what was deleted; else it is marked `\Deleted` and hidden from POP3
/// @param onlyRead only what this session has read with RETR is removed
/// @param loginDelay least time between two logins of one user; zero for none. RFC 2449 6.5
/// @param expireDays how long mail is kept, for EXPIRE; empty: for ever. RFC 2449 6.7
/// @param rawHeaders headers in UTF-8 go as they are to clients that have not said UTF8
/// @param language what `LANG *` means
/// @param xclient networks that may name the real client
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
        Duration loginDelay,
        Optional<Integer> expireDays,
        boolean rawHeaders,
        Pop3Language language,
        List<Cidr> xclient,
        QuotaLimits quota) {
    public Pop3Settings {
        xclient = List.copyOf(xclient);
    }
}
