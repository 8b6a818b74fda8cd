package palomar.imap;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import palomar.imap.proto.SearchKey.DayTest;
import palomar.mail.MessageGuid;
import palomar.mail.UidSet;
import palomar.message.Digest;
import palomar.message.FieldNeedle;
import palomar.message.Needle;
import palomar.message.TextSearch;
import palomar.storage.Mailbox;
import palomar.storage.NamedValues;

/// One node of a compiled search. RFC 9051 6.4.4. Used by one thread: the row belongs to one, and what reads
/// bodies keeps its buffers.
sealed interface SearchCondition
        permits FuzzyCondition,
                SearchCondition.Everything,
                SearchCondition.Nothing,
                SearchCondition.Among,
                SearchCondition.SystemBits,
                SearchCondition.KeywordBit,
                SearchCondition.Size,
                SearchCondition.Received,
                SearchCondition.Saved,
                SearchCondition.SameEmail,
                SearchCondition.SameThread,
                SearchCondition.HasAnnotation,
                SearchCondition.ReceivedWithin,
                SearchCondition.ModSeqFrom,
                SearchCondition.Sent,
                SearchCondition.Header,
                SearchCondition.Body,
                SearchCondition.Text,
                SearchCondition.Not,
                SearchCondition.Or,
                SearchCondition.And {
    /// How much has to be read to know, cheapest first.
    enum Cost {
        /// The number of the message is enough.
        NUMBER,
        /// Flags, size, dates: the row.
        ROW,
        /// What was noted of the header at delivery.
        DIGEST,
        /// The message itself.
        BODY
    }

    Cost cost();

    boolean matches(SearchRow row) throws IOException;

    /// What fits, of a condition that can't fit more or less.
    int SURE = 101;

    /// How well it fits: 0 not at all, 1 to 100, or [#SURE]. RFC 6203 4
    default int score(SearchRow row) throws IOException {
        return matches(row) ? SURE : 0;
    }

    /// A set outside of which nothing can match, so that only it need be looked at.
    ///
    /// @param all every message of the view
    default UidSet bound(UidSet all) {
        return all;
    }

    record Everything() implements SearchCondition {
        @Override
        public Cost cost() {
            return Cost.NUMBER;
        }

        @Override
        public boolean matches(SearchRow row) {
            return true;
        }
    }

    record Nothing() implements SearchCondition {
        @Override
        public Cost cost() {
            return Cost.NUMBER;
        }

        @Override
        public boolean matches(SearchRow row) {
            return false;
        }

        @Override
        public UidSet bound(UidSet all) {
            return UidSet.EMPTY;
        }
    }

    /// A set of messages of the view: by UID, whatever it was written as.
    record Among(UidSet uids) implements SearchCondition {
        @Override
        public Cost cost() {
            return Cost.NUMBER;
        }

        @Override
        public boolean matches(SearchRow row) {
            return uids.contains(row.uid());
        }

        @Override
        public UidSet bound(UidSet all) {
            return uids.intersect(all);
        }
    }

    /// All bits of `mask` have the value they have in `wanted`.
    record SystemBits(int mask, int wanted) implements SearchCondition {
        @Override
        public Cost cost() {
            return Cost.ROW;
        }

        @Override
        public boolean matches(SearchRow row) {
            return (row.cursor().systemFlags() & mask) == wanted;
        }
    }

    record KeywordBit(long bit, boolean present) implements SearchCondition {
        @Override
        public Cost cost() {
            return Cost.ROW;
        }

        @Override
        public boolean matches(SearchRow row) {
            return ((row.cursor().keywordBits() & bit) != 0) == present;
        }
    }

    /// More than `above` and fewer than `below` bytes.
    record Size(long above, long below) implements SearchCondition {
        @Override
        public Cost cost() {
            return Cost.ROW;
        }

        @Override
        public boolean matches(SearchRow row) {
            long size = row.cursor().size();
            return size > above && size < below;
        }
    }

    /// Days since 1970, in UTC: as INTERNALDATE is shown.
    record Received(DayTest test, long day) implements SearchCondition {
        private static final long SECONDS_A_DAY = 86_400;

        @Override
        public Cost cost() {
            return Cost.ROW;
        }

        @Override
        public boolean matches(SearchRow row) {
            long seconds = row.cursor().internalSeconds();
            return compare(test, Math.floorDiv(seconds, SECONDS_A_DAY), day);
        }
    }

    /// Days since 1970, in UTC: as SAVEDATE is shown. RFC 8514 4.3
    record Saved(DayTest test, long day) implements SearchCondition {
        @Override
        public Cost cost() {
            return Cost.ROW;
        }

        @Override
        public boolean matches(SearchRow row) {
            long seconds = row.cursor().savedDate().getEpochSecond();
            return compare(test, Math.floorDiv(seconds, Received.SECONDS_A_DAY), day);
        }
    }

    /// RFC 8474 6: EMAILID
    record SameEmail(MessageGuid guid) implements SearchCondition {
        @Override
        public Cost cost() {
            return Cost.ROW;
        }

        @Override
        public boolean matches(SearchRow row) {
            return row.cursor().guid().equals(guid);
        }
    }

    /// RFC 8474 6: THREADID
    record SameThread(String id) implements SearchCondition {
        @Override
        public Cost cost() {
            return Cost.DIGEST;
        }

        @Override
        public boolean matches(SearchRow row) {
            return ObjectIds.thread(row.digest(), row.cursor().guid()).equals(id);
        }
    }

    /// Seconds since 1970, both ends included. RFC 5032 2
    record ReceivedWithin(long first, long last) implements SearchCondition {
        @Override
        public Cost cost() {
            return Cost.ROW;
        }

        @Override
        public boolean matches(SearchRow row) {
            long seconds = row.cursor().internalSeconds();
            return seconds >= first && seconds <= last;
        }
    }

    /// RFC 5257 4.8
    ///
    /// @param needle null: is there no value?
    record HasAnnotation(
            Mailbox mailbox,
            ListPattern entry,
            boolean priv,
            boolean shared,
            @Nullable Needle needle) implements SearchCondition {
        @Override
        public Cost cost() {
            return Cost.ROW;
        }

        @Override
        public boolean matches(SearchRow row) {
            NamedValues values = mailbox.annotations(row.uid());
            boolean found = false;
            for (String name : values.names()) {
                boolean wanted = MessageNotes.isShared(name) ? shared : priv;
                found |= wanted && entry.matches(MessageNotes.entry(name)) && isIn(values, name);
            }
            return found == (needle != null);
        }

        private boolean isIn(NamedValues values, String name) {
            if (needle == null) {
                return true;
            }
            byte[] text = needle.fold(NoteRules.text(values.get(name).orElseThrow()));
            return needle.isIn(text, 0, text.length);
        }

        @Override
        public UidSet bound(UidSet all) {
            return needle == null ? all : mailbox.annotated().intersect(all);
        }
    }

    record ModSeqFrom(long from) implements SearchCondition {
        @Override
        public Cost cost() {
            return Cost.ROW;
        }

        @Override
        public boolean matches(SearchRow row) {
            return row.cursor().modSeq() >= from;
        }
    }

    /// The day of the Date field in the sender's zone. RFC 9051 6.4.4: "disregarding time and timezone". A message
    /// without a usable date is taken by the day it was received, as SORT does (RFC 5256 2.2).
    record Sent(DayTest test, long day) implements SearchCondition {
        @Override
        public Cost cost() {
            return Cost.DIGEST;
        }

        @Override
        public boolean matches(SearchRow row) {
            long sent = row.digest().sentDay();
            if (sent == Digest.NO_DATE) {
                return new Received(test, day).matches(row);
            }
            return compare(test, sent, day);
        }
    }

    record Header(FieldNeedle wanted) implements SearchCondition {
        @Override
        public Cost cost() {
            return Cost.DIGEST;
        }

        @Override
        public boolean matches(SearchRow row) throws IOException {
            return switch (row.digest().headerContains(wanted)) {
                case YES -> true;
                case NO -> false;
                case UNKNOWN ->
                    TextSearch.headerContains(row.cursor().content(), row.digest(), wanted.field(), wanted.needle());
            };
        }
    }

    record Body(TextSearch search) implements SearchCondition {
        @Override
        public Cost cost() {
            return Cost.BODY;
        }

        @Override
        public boolean matches(SearchRow row) throws IOException {
            return search.inBody(row.cursor().content(), row.digest());
        }
    }

    record Text(TextSearch search) implements SearchCondition {
        @Override
        public Cost cost() {
            return Cost.BODY;
        }

        @Override
        public boolean matches(SearchRow row) throws IOException {
            return search.inText(row.cursor().content(), row.digest());
        }
    }

    record Not(SearchCondition inner) implements SearchCondition {
        @Override
        public Cost cost() {
            return inner.cost();
        }

        @Override
        public boolean matches(SearchRow row) throws IOException {
            return !inner.matches(row);
        }
    }

    /// The cheaper one first.
    record Or(SearchCondition first, SearchCondition second) implements SearchCondition {
        @Override
        public Cost cost() {
            return second.cost();
        }

        @Override
        public boolean matches(SearchRow row) throws IOException {
            return first.matches(row) || second.matches(row);
        }

        /// The better one; what is sure has no say beside what fits more or less.
        @Override
        public int score(SearchRow row) throws IOException {
            int one = first.score(row);
            int other = second.score(row);
            if (one == SURE || other == SURE) {
                return one == SURE && other > 0 ? other : other == SURE && one > 0 ? one : SURE;
            }
            return Math.max(one, other);
        }

        @Override
        public UidSet bound(UidSet all) {
            return first.bound(all).union(second.bound(all));
        }
    }

    /// In order of cost, at least one.
    record And(List<SearchCondition> inner) implements SearchCondition {
        @Override
        public Cost cost() {
            return inner.getLast().cost();
        }

        @Override
        public boolean matches(SearchRow row) throws IOException {
            for (int i = 0; i < inner.size(); i++) {
                if (!inner.get(i).matches(row)) {
                    return false;
                }
            }
            return true;
        }

        /// The mean of those that fit more or less.
        @Override
        public int score(SearchRow row) throws IOException {
            int sum = 0;
            int count = 0;
            for (SearchCondition each : inner) {
                int score = each.score(row);
                if (score == 0) {
                    return 0;
                }
                if (score != SURE) {
                    sum += score;
                    count++;
                }
            }
            return count == 0 ? SURE : sum / count;
        }

        @Override
        public UidSet bound(UidSet all) {
            UidSet bound = all;
            for (SearchCondition each : inner) {
                bound = each.bound(bound);
            }
            return bound;
        }
    }

    private static boolean compare(DayTest test, long day, long wanted) {
        return switch (test) {
            case BEFORE -> day < wanted;
            case ON -> day == wanted;
            case SINCE -> day >= wanted;
        };
    }
}
