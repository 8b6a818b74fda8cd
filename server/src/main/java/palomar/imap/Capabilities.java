package palomar.imap;

import java.util.ArrayList;
import java.util.List;

/// What the server can do, by the session's state. RFC 9051 7.2.2
final class Capabilities {
    private static final List<String> ALWAYS =
            List.of("IMAP4rev1", "IMAP4rev2", "SASL-IR", "ID", "ENABLE", "LANGUAGE", "LOGIN-REFERRALS");

    /// Which RFC each word is of: docs/rfc-index.tsv.
    private static final List<String> FOR_USERS = List.of(
            "IDLE",
            "NAMESPACE",
            "UIDPLUS",
            "UNSELECT",
            "CHILDREN",
            "MULTIAPPEND",
            "MOVE",
            "ESEARCH",
            "SEARCHRES",
            "PARTIAL",
            "CONTEXT=SEARCH",
            "CONTEXT=SORT",
            "MULTISEARCH",
            "FILTERS",
            "SEARCH=FUZZY",
            "INPROGRESS",
            "WITHIN",
            "SORT",
            "SORT=DISPLAY",
            "ESORT",
            "THREAD=ORDEREDSUBJECT",
            "THREAD=REFERENCES",
            "THREAD=REFS",
            "I18NLEVEL=1",
            "I18NLEVEL=2",
            "MAILBOX-REFERRALS",
            "LIST-EXTENDED",
            "LIST-STATUS",
            "SPECIAL-USE",
            "CREATE-SPECIAL-USE",
            "METADATA",
            "METADATA-SERVER",
            "ANNOTATE-EXPERIMENT-1",
            "LIST-METADATA",
            "ACL",
            "RIGHTS=texkn",
            "LIST-MYRIGHTS",
            "QUOTA",
            "QUOTA=RES-STORAGE",
            "QUOTA=RES-MESSAGE",
            "QUOTA=RES-MAILBOX",
            "QUOTA=RES-ANNOTATION-STORAGE",
            "STATUS=SIZE",
            "COMPRESS=DEFLATE",
            "BINARY",
            "CATENATE",
            "REPLACE",
            "URL-PARTIAL",
            "PREVIEW",
            "SAVEDATE",
            "OBJECTID",
            "URLAUTH",
            "URLAUTH=BINARY",
            "UTF8=ACCEPT",
            "CONDSTORE",
            "QRESYNC",
            "UIDONLY",
            "UIDBATCHES",
            "NOTIFY");

    private Capabilities() {}

    private static List<String> always(ClientPolicy policy) {
        List<String> words = new ArrayList<>(ALWAYS);
        words.add(policy.literalMinus() ? "LITERAL-" : "LITERAL+");
        return words;
    }

    /// @param startTls can TLS still be started?
    /// @param mechanisms that AUTHENTICATE takes now
    /// @param login may LOGIN be used now?
    static List<String> forStrangers(ClientPolicy policy, boolean startTls, List<String> mechanisms, boolean login) {
        List<String> words = always(policy);
        if (startTls) {
            words.add("STARTTLS");
        }
        if (!login) {
            words.add("LOGINDISABLED");
        }
        for (String mechanism : mechanisms) {
            words.add("AUTH=" + mechanism);
        }
        return words;
    }

    /// @param sieve what Sieve adds
    static List<String> forUsers(ImapSettings settings, String user, List<String> sieve) {
        MessageLimits limits = settings.messages();
        List<String> words = always(settings.policy());
        words.addAll(FOR_USERS);
        if (settings.convert().offered()) {
            words.add("CONVERT");
        }
        words.addAll(sieve);
        words.add("APPENDLIMIT=" + settings.users().message());
        if (settings.policy().unauthenticate()) {
            words.add("UNAUTHENTICATE");
        }
        // RFC 9208 4.1.3: for whom it works.
        if (settings.account().quota().admins().contains(user)) {
            words.add("QUOTASET");
        }
        // RFC 9738 3
        if (limits.any() > 0) {
            words.add("MESSAGELIMIT=" + limits.any());
        }
        if (limits.saved() > 0) {
            words.add("SAVELIMIT=" + limits.saved());
        }
        return words;
    }
}
