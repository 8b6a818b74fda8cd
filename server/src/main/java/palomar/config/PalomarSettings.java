package palomar.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// All of `palomar.toml`.
public record PalomarSettings(
        @Setting(doc = "The process as a whole.") ServerSettings server,

        @Setting(
                doc =
                        "Where clients come in; one [[listener]] each. Without any: IMAP on port 143 (with STARTTLS) and IMAPS"
                                + " on 993 on all addresses, and LMTP on the Unix socket lmtp.sock in the data directory.")
        List<ListenerSettings> listener,

        @Setting(doc = "Certificates and what TLS versions are spoken.")
        TlsSection tls,

        @Setting(doc = "How much of everything.") LimitSettings limits,
        @Setting(doc = "IMAP sessions.") ImapSection imap,

        @Setting(doc = "Mailboxes that all users are to have; one [[mailbox]] each.")
        List<MailboxSettings> mailbox,

        @Setting(doc = "What one user may have at most; without a setting there is no limit.")
        QuotaSection quota,

        @Setting(doc = "LMTP sessions and `palomar deliver`.")
        LmtpSection lmtp,

        @Setting(doc = "Where outgoing mail goes: what users' scripts send, and reports about it.")
        RelaySection relay,

        @Setting(doc = "Sieve, the language in which users filter their mail.")
        SieveSection sieve,

        @Setting(
                doc =
                        "The operator's scripts for what IMAP clients do with stored messages (RFC 6785), as for learning what is"
                                + " spam; one [[imapsieve]] each.")
        List<ImapSieveSettings> imapsieve,

        @Setting(doc = "ManageSieve sessions, in which users look after their scripts.")
        ManageSieveSection managesieve,

        @Setting(doc = "POP3 sessions.") Pop3Section pop3,

        @Setting(doc = "Submission sessions: users hand in mail, which goes on to the relay while they wait.")
        SubmissionSection submission,

        @Setting(doc = "Who may enter and where his mail is.")
        AuthSection auth,

        @Setting(doc = "Where and how mail is kept.") StorageSection storage,
        @Setting(doc = "What is logged, and how it looks.") LogSection log)
        implements Checked {

    /// Everything at its default.
    public static PalomarSettings defaults() {
        return SettingsFile.defaults(PalomarSettings.class);
    }

    /// The listeners in force: those of the file or, without any, the default ones.
    public List<ListenerSettings> listeners() {
        return listener.isEmpty() ? ListenerSettings.usual(server.data()) : listener;
    }

    @Override
    public void check(Checker problems) {
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < listener.size(); i++) {
            Integer first = seen.putIfAbsent(listener.get(i).where(), i);
            if (first != null) {
                String text = "listens on " + listener.get(i).where() + " like listener[" + first + "]";
                problems.wrong("listener", i, listener.get(i).path().isPresent() ? "path" : "port", text);
            }
        }
    }
}
