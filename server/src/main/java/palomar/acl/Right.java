package palomar.acl;

/// One of the standard rights. RFC 4314 2.1
public enum Right {
    /// See the mailbox in LIST.
    LOOKUP('l'),
    /// SELECT it, STATUS.
    READ('r'),
    /// Change `\Seen`.
    SEEN('s'),
    /// Change flags other than `\Seen` and `\Deleted`.
    WRITE('w'),
    /// Put messages into it.
    INSERT('i'),
    /// Send mail to its address; no command needs it.
    POST('p'),
    /// Make mailboxes below it.
    CREATE('k'),
    /// Delete or rename the mailbox itself.
    DELETE('x'),
    /// Change `\Deleted`.
    DELETED('t'),
    /// Expunge.
    EXPUNGE('e'),
    /// See and change the list.
    ADMINISTER('a'),
    /// Change shared annotations of messages. RFC 5257 3.4
    ANNOTATE('n');

    private final char letter;

    Right(char letter) {
        this.letter = letter;
    }

    public char letter() {
        return letter;
    }

    int bit() {
        return 1 << ordinal();
    }
}
