package palomar.imap;

import palomar.imap.order.TextOrder;

/// What a client has switched on for its session; nothing is ever switched off again, but the
/// comparator may change. RFC 9051 6.3.1, RFC 7162 3.1
///
/// One thread at a time: the session's, or the one that speaks for it during IDLE.
final class Enabled {
    private boolean rev2;
    private boolean utf8;
    private boolean condstore;
    private boolean qresync;
    private boolean uidOnly;
    private TextOrder textOrder = TextOrder.DEFAULT;

    Enabled() {}

    /// Nothing but the order of texts, for looking into a mailbox that is not selected.
    Enabled(TextOrder textOrder) {
        this.textOrder = textOrder;
    }

    /// The active comparator. RFC 5255 4.7
    TextOrder textOrder() {
        return textOrder;
    }

    void textOrder(TextOrder chosen) {
        textOrder = chosen;
    }

    /// IMAP4rev2: no RECENT, mailbox names in UTF-8, ESEARCH in answer to SEARCH.
    boolean rev2() {
        return rev2;
    }

    /// Names, texts and the headers of appended messages in UTF-8: with IMAP4rev2 and with UTF8=ACCEPT. RFC 9755 3
    boolean utf8() {
        return rev2 || utf8;
    }

    /// UTF8=ACCEPT itself: SEARCH has no CHARSET any more. RFC 9755 3
    boolean utf8Accept() {
        return utf8;
    }

    /// MODSEQ in each untagged FETCH, HIGHESTMODSEQ in some tagged answers.
    boolean condstore() {
        return condstore;
    }

    /// VANISHED in place of EXPUNGE, UID in each untagged FETCH.
    boolean qresync() {
        return qresync;
    }

    /// No message sequence numbers in either direction. RFC 9586 3
    boolean uidOnly() {
        return uidOnly;
    }

    /// Is what is gone told as VANISHED? RFC 7162 3.2.10, RFC 9586 3
    boolean vanishes() {
        return qresync || uidOnly;
    }

    void enableRev2() {
        rev2 = true;
    }

    void enableUtf8() {
        utf8 = true;
    }

    /// By ENABLE CONDSTORE and by each command that shows the client knows mod-sequences. RFC 7162 3.1
    void enableCondstore() {
        condstore = true;
    }

    void enableUidOnly() {
        uidOnly = true;
    }

    /// ENABLE QRESYNC brings CONDSTORE. RFC 7162 3.2.3
    void enableQresync() {
        condstore = true;
        qresync = true;
    }
}
