package palomar.config;

import java.time.Duration;
import java.util.List;

/// `[auth]`
public record AuthSection(
        @Setting(
                doc =
                        "Password databases, one [[auth.passdb]] each, asked in this order until one decides. Without any: the"
                                + " passwd-file \"users\" in the data directory, which `palomar user` edits.")
        List<PassDbSettings> passdb,

        @Setting(
                doc =
                        "User databases, one [[auth.userdb]] each, asked in this order. Without any: the passwd-file \"users\" in"
                                + " the data directory.")
        List<UserDbSettings> userdb,

        @Setting(
                doc = "Lets clients on other hosts send passwords without TLS. Clients on this host may always.",
                value = "false")
        boolean allowPlaintext,

        @Setting(
                doc =
                        "SASL mechanisms that IMAP, POP3, ManageSieve and Submission offer, in this order. Empty: PLAIN and LOGIN, and the"
                                + " SCRAM mechanisms as long as each user of every passdb has keys for them (or a password stored in"
                                + " clear).")
        List<Mechanism> mechanisms,

        @Setting(doc = "User names are turned into lower case before anything else sees them.", value = "true")
        boolean lowercase,

        @Setting(
                doc = "The characters that a user name may have. Empty: all but control characters, space, / and \\.",
                value = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ01234567890.-_@")
        String nameCharacters,

        @Setting(doc = "A domain that is appended, after @, to user names without one. Empty: none.", value = "")
        String defaultRealm,

        @Setting(doc = "Accepts passwords that are stored under weak hashes (MD5, DES and their kin).", value = "false")
        boolean allowWeakSchemes,

        @Setting(
                doc =
                        "How long the answer to a failed login takes at least. Each failure of an address doubles the wait before"
                                + " its next attempt is looked at.",
                value = "2s",
                min = "0s",
                max = "1m")
        Duration failureDelay,

        @Setting(
                doc = "The longest that an address which keeps failing waits; 0s turns that wait off.",
                value = "15s",
                min = "0s",
                max = "5m")
        Duration maxFailureDelay,

        @Setting(doc = "Networks whose addresses never wait for their failures: webmail, monitoring.")
        List<Subnet> trusted,

        @Setting(
                doc = "How long a right password need not be computed again (a keyed hash of it is kept).",
                value = "1h",
                min = "0s",
                max = "1d")
        Duration cacheTtl,

        @Setting(doc = "Users in that cache; 0 turns it off.", value = "10000", min = "0", max = "10000000")
        int cacheEntries)
        implements Checked {

    /// SASL mechanisms.
    public enum Mechanism {
        SCRAM_SHA_256_PLUS,
        SCRAM_SHA_1_PLUS,
        SCRAM_SHA_256,
        SCRAM_SHA_1,
        PLAIN,
        LOGIN,
        CRAM_MD5
    }

    /// Kinds of databases.
    public enum Driver {
        PASSWD_FILE,
        STATIC
    }

    /// What a chain does after a database has answered.
    public enum Rule {
        RETURN_OK,
        RETURN,
        RETURN_FAIL,
        CONTINUE,
        CONTINUE_OK,
        CONTINUE_FAIL
    }

    @Override
    public void check(Checker problems) {
        if (!maxFailureDelay.isZero() && maxFailureDelay.compareTo(failureDelay) < 0) {
            problems.wrong("max_failure_delay", "\"max_failure_delay\" is shorter than \"failure_delay\"");
        }
        if (passdb.isEmpty() && !userdb.isEmpty()) {
            problems.wrong("userdb", "[[auth.userdb]] needs a [[auth.passdb]]");
        }
    }
}
