package palomar.imap;

/// How many messages one command may touch. RFC 9738 3
///
/// @param any in one FETCH, SEARCH, STORE, COPY, MOVE, APPEND or UID EXPUNGE; 0 for no limit
/// @param saved in one COPY or APPEND; 0 for no other limit than `any`
/// @param batch the smallest batch that UIDBATCHES makes; RFC 10022 3
/// @param watched mailboxes that one NOTIFY may watch; RFC 5465 5.8
public record MessageLimits(int any, int saved, int batch, int watched) {
    /// No limits, which is what we need: long commands hold no lock and little memory.
    public static final MessageLimits NONE = new MessageLimits(0, 0, 500, 20_000);

    public MessageLimits {
        if (any < 0 || saved < 0 || batch < 1) {
            throw new IllegalArgumentException("no message could be asked for");
        }
    }

    /// The limit of commands that make messages; 0 for none.
    int saving() {
        if (any == 0 || saved == 0) {
            return Math.max(any, saved);
        }
        return Math.min(any, saved);
    }
}
