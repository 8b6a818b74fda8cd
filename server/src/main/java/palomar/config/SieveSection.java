package palomar.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `[sieve]`
public record SieveSection(
        @Setting(doc = "Runs Sieve scripts when mail is delivered. Else all mail is kept.", value = "true")
        boolean enabled,

        @Setting(
                doc =
                        "Scripts of the operator that run before the user's, in this order: files, or folders with all their"
                                + " *.sieve in the order of their names.")
        List<Path> before,

        @Setting(doc = "Scripts of the operator that run behind the user's, while the message is still to be kept.")
        List<Path> after,

        @Setting(doc = "The script for users who have none that is active.")
        Optional<Path> defaultScript,

        @Setting(doc = "A script that runs when a message would be thrown away; it may take it up again.")
        Optional<Path> discardScript,

        @Setting(doc = "The folder of scripts that all users may include (include :global).")
        Optional<Path> globalScripts,

        @Setting(
                doc =
                        "Extensions of users' scripts besides the usual ones (\"+editheader\"), and usual ones that they may not"
                                + " use (\"-redirect-dsn\"). Not usual are editheader, spamtest, spamtestplus, virustest and vnd.dovecot.pipe,"
                                + " .filter and .execute. The operator's own scripts may use all.")
        List<String> extensions,

        @Setting(
                doc = "A mailbox that a script stores into is made when it is missing, as if :create was there.",
                value = "false")
        boolean createMailboxes,

        @Setting(doc = "The user is subscribed to mailboxes that his scripts make.", value = "false")
        boolean subscribeMailboxes,

        @Setting(
                doc = "Messages that the scripts of one user may send on in an hour; 0: no limit.",
                value = "200",
                min = "0",
                max = "1000000")
        int redirectsPerHour,

        @Setting(
                doc = "Replies and notifications of one user's scripts in an hour; 0: no limit.",
                value = "200",
                min = "0",
                max = "1000000")
        int repliesPerHour,

        @Setting(
                doc =
                        "Processor time that all scripts of one user may use in the period of the next setting; beyond it his mail is"
                                + " kept without them. 0s: no limit. One run has its own limit, sieve_max_cpu_time in [sieve.settings].",
                value = "5m",
                min = "0s",
                max = "1d")
        Duration processorTime,

        @Setting(doc = "How long processor time is counted.", value = "1h", min = "1m", max = "7d")
        Duration processorPeriod,

        @Setting(
                doc =
                        "The file in which a user finds errors of his scripts; \"~\" in front is his home, \"%{user}\" his name."
                                + " Without: ~/.dovecot.sieve.log when scripts are kept in files, else the mail store"
                                + " (`palomar sieve log --user USER`).")
        Optional<String> log,

        @Setting(
                doc =
                        "Announces to IMAP clients that scripts run for what they do (IMAPSIEVE, RFC 6785), and where to manage"
                                + " them: a URL like \"sieve://mail.example.org\". Without it scripts run all the same, for mailboxes with"
                                + " an annotation /shared/imapsieve/script and for [[imapsieve]].")
        Optional<String> imapUrl,

        @Setting(
                doc =
                        "Settings of the language and its extensions, by the names that they have in Dovecot, all of them strings:"
                                + " sieve_max_actions = \"32\", sieve_vacation_min_period = \"1d\", sieve_pipe_bin_dir = \"/usr/lib/sieve-pipe\"."
                                + " Fields of the userdb with such names win over them.")
        Map<String, String> settings,

        @Setting(doc = "Where users' Sieve scripts are kept, and how many.")
        ScriptsSection scripts)
        implements Checked {

    @Override
    public void check(Checker problems) {
        if (imapUrl.isPresent() && !imapUrl.get().matches("sieve://[!-~]+")) {
            problems.wrong("imap_url", "\"imap_url\" must be a URL like \"sieve://mail.example.org\"");
        }
        for (String name : settings.keySet()) {
            if (!name.startsWith("sieve_") && !name.equals("recipient_delimiter")) {
                problems.wrong("settings", "\"" + name + "\" in [sieve.settings] does not begin with \"sieve_\"");
            }
        }
        for (String word : extensions) {
            if (!word.startsWith("+") && !word.startsWith("-")) {
                problems.wrong("extensions", "\"" + word + "\" in \"extensions\" must begin with + or -");
            }
        }
    }
}
