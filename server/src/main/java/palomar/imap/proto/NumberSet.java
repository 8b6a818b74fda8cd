package palomar.imap.proto;

import palomar.mail.UidSet;

/// Which messages a command is about. `FETCH $` and `UID FETCH $` differ by type like everything else here.
/// RFC 9051 9: sequence-set
public sealed interface NumberSet {

    Numbers numbers();

    /// Is it `$`?
    default boolean isSaved() {
        return numbers() instanceof Numbers.Saved;
    }

    /// Message sequence numbers: they mean something only in one session's view.
    record Seqs(Numbers numbers) implements NumberSet {

        /// Does the set name a number above `exists`, or `*` in an empty mailbox? Such a command is answered BAD.
        /// RFC 9051 9: seq-number
        public boolean isBeyond(long exists) {
            return numbers instanceof Ranges ranges && ranges.largest(exists) > exists
                    || numbers instanceof Ranges && exists == 0;
        }

        /// The numbers from 1 to `exists` that are named, `*` being `exists`.
        ///
        /// @throws IllegalStateException for `$`, which only the session can resolve
        public SeqSet resolve(long exists) {
            return written(numbers).seqs(exists);
        }

        @Override
        public String toString() {
            return numbers.toString();
        }
    }

    /// Unique identifiers. Those that do not exist are ignored without an error. RFC 9051 6.4.9
    record Uids(Numbers numbers) implements NumberSet {

        /// The UIDs named, `*` being `last`: the UID of the last message, or UIDNEXT in an empty mailbox. They are
        /// not clipped to `last`, because a client may know of messages that came after it was looked up.
        ///
        /// @throws IllegalStateException for `$`, which only the session can resolve
        public UidSet resolve(long last) {
            return written(numbers).uids(last);
        }

        @Override
        public String toString() {
            return numbers.toString();
        }
    }

    private static Ranges written(Numbers numbers) {
        return switch (numbers) {
            case Ranges ranges -> ranges;
            case Numbers.Saved saved -> throw new IllegalStateException("the saved result is the session's: " + saved);
        };
    }
}
