package palomar.imap;

/// What may be told of others' work now.
///
/// @param expunges that messages are gone: not during FETCH, STORE and SEARCH by sequence number (RFC 9051 7.5.1)
/// @param arrivals that messages have come: always, but for [Workaround#DELAY_NEWMAIL]
/// @param byUid whether the command was a UID command: then FETCH responses name the UID
record Telling(boolean expunges, boolean arrivals, boolean byUid) {
    static final Telling ALL = new Telling(true, true, false);
}
