package palomar.delivery.sieve;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import palomar.mail.MailboxName;
import palomar.sieve.Language;
import palomar.sieve.Limits;

/// What an operator says about scripts in deliveries. Immutable.
///
/// @param enabled else all mail is kept
/// @param language what users' scripts may require
/// @param operators what the operator's own scripts may require besides
/// @param eventLanguage what users' scripts for IMAP clients' doings may require
/// @param operatorEvents the same for the operator's
/// @param before files or folders of scripts that run before the user's
/// @param after and behind it
/// @param usual for users who have none
/// @param discard for what would be thrown away
/// @param global folder of scripts for `include :global`
/// @param events scripts of the operator for IMAP clients' doings
/// @param imapUrl of the ManageSieve server, for IMAPSIEVE; empty: not announced
/// @param settings by the names of Dovecot's
/// @param cpuPeriod how long a user's processor time is counted
/// @param cpuMost of all his scripts in one period; zero: no limit
/// @param log file for what users are told, `~` and `%{user}` filled in; empty: in the mail store
/// @param redirectsAnHour of one user; 0: no limit
/// @param repliesAnHour replies and notifications of one user; 0: no limit
/// @param postmaster a bare address
public record SievePolicy(
        boolean enabled,
        Language language,
        Language operators,
        Language eventLanguage,
        Language operatorEvents,
        Limits limits,
        List<Path> before,
        List<Path> after,
        Optional<Path> usual,
        Optional<Path> discard,
        Optional<Path> global,
        List<EventRule> events,
        Optional<String> imapUrl,
        Map<String, String> settings,
        MailboxName keepIn,
        boolean autocreate,
        boolean autosubscribe,
        Duration cpuPeriod,
        Duration cpuMost,
        Optional<String> log,
        int redirectsAnHour,
        int repliesAnHour,
        String host,
        String postmaster) {}
