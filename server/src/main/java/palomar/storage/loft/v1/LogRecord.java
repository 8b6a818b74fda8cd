package palomar.storage.loft.v1;

import java.util.List;
import java.util.Set;
import palomar.mail.MailboxName;
import palomar.mail.SpecialUse;
import palomar.mail.UidSet;
import palomar.storage.FlagChange;

/// What a journal frame says, bodies and heads excepted: each is a fact that happened, never a wish, so that
/// applying the log again in order gives the same store. The layout of each is in docs/storage/loft-v1.md.
sealed interface LogRecord {

    /// A user came to be.
    record UserCreated(String user) implements LogRecord {}

    /// A user is gone, with all his mailboxes.
    record UserDeleted(String user) implements LogRecord {}

    /// A subscription was set or taken back.
    record Subscribed(String user, MailboxName name, boolean on) implements LogRecord {}

    /// Named values of a user changed.
    record UserValues(String user, ValueChange change) implements LogRecord {}

    /// A mailbox came to be; or all that the catalog knows of one but its named values: from compaction, so that
    /// older records can go, or because it has other uses now.
    ///
    /// @param uidNext 1 for a new mailbox
    /// @param recent the first UID that nobody has claimed as `\Recent`
    /// @param historyFrom expunges at or below this mod-sequence may be missing from the log
    record BoxState(
            long box,
            String user,
            MailboxName name,
            Set<SpecialUse> uses,
            long uidValidity,
            long uidNext,
            long highestModSeq,
            long recent,
            long historyFrom,
            List<String> keywords)
            implements LogRecord {}

    /// Named values of a mailbox changed.
    record BoxValues(long box, ValueChange change) implements LogRecord {}

    record Renamed(long box, MailboxName name) implements LogRecord {}

    /// @param freed as in [Expunged]
    record Deleted(long box, long[] freed) implements LogRecord {}

    /// Messages below `uid` are no longer `\Recent` for anyone else.
    record RecentClaimed(long box, long uid) implements LogRecord {}

    /// Why rows are in the log.
    enum Cause {
        /// Messages that came into the mailbox.
        NEW,
        /// Compaction: the rows exist already, the records that made them go.
        AGAIN,
        /// Compaction: as AGAIN, and their bodies lie elsewhere now.
        MOVED
    }

    /// New rows, or rows written again by compaction.
    ///
    /// @param modSeq of the change; rows carry their own, equal to it when NEW
    /// @param keywordsFrom the place of the first of `keywords` in the mailbox's table
    /// @param keywords new keywords that the rows may use
    /// @param foreign some rows name a body of an earlier group
    /// @param words the rows, nine longs each, see [Row]
    record Added(
            long box, Cause cause, long modSeq, int keywordsFrom, List<String> keywords, boolean foreign, long[] words)
            implements LogRecord {
        boolean again() {
            return cause != Cause.NEW;
        }

        int rows() {
            return words.length / Row.WORDS;
        }
    }

    /// Flags of exactly these messages changed.
    record FlagsChanged(
            long box,
            long modSeq,
            int keywordsFrom,
            List<String> keywords,
            UidSet uids,
            FlagChange.Kind kind,
            int system,
            long keywordBits,
            Counters change)
            implements LogRecord {}

    /// Annotations of exactly these messages changed.
    ///
    /// @param again compaction wrote them once more, whole: it counts no second time
    /// @param modSeq of the change; 0 when again: the rows are written with their own
    record Annotated(long box, boolean again, long modSeq, List<Part> parts) implements LogRecord {
        public Annotated {
            parts = List.copyOf(parts);
        }

        /// The same change of several messages.
        record Part(UidSet uids, ValueChange change) {}

        UidSet uids() {
            UidSet all = UidSet.EMPTY;
            for (Part part : parts) {
                all = all.union(part.uids());
            }
            return all;
        }
    }

    /// Exactly these messages are gone.
    ///
    /// @param freed pairs: a stretch of log (see [Usage]), bytes of bodies there that lost an owner
    /// @param again compaction wrote it once more, so that older rows do not come back: it counts no second time
    /// @param seconds when it happened, since 1970
    record Expunged(long box, boolean again, long modSeq, UidSet uids, Counters change, long[] freed, long seconds)
            implements LogRecord {}
}
