package palomar.imap.proto;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What SEARCH looks for, as a tree whose depth and size the reader has bounded. RFC 9051 6.4.4, RFC 3501 6.4.4
///
/// Texts are decoded from the command's charset but not folded; prepare them once per search (`message.Needle`).
public sealed interface SearchKey {

    record All() implements SearchKey {}

    /// ANSWERED, DELETED, DRAFT, FLAGGED, SEEN and, with `present` false, UNANSWERED and so on.
    ///
    /// @param bit of `SystemFlags`
    record SystemFlag(int bit, boolean present) implements SearchKey {}

    /// KEYWORD and UNKEYWORD.
    record Keyword(String keyword, boolean present) implements SearchKey {}

    /// RECENT and, with `present` false, OLD. RFC 3501 6.4.4
    record Recent(boolean present) implements SearchKey {}

    /// NEW: recent and not seen. RFC 3501 6.4.4
    record New() implements SearchKey {}

    /// HEADER, and BCC, CC, FROM, SUBJECT, TO by their field names.
    ///
    /// @param field as written, the name only
    /// @param text empty: is there such a field at all?
    record Header(String field, String text) implements SearchKey {}

    /// BODY: in the text of the message, without its header.
    record Body(String text) implements SearchKey {}

    /// TEXT: in the header or the text.
    record Text(String text) implements SearchKey {}

    /// How a day is compared; time and zone are disregarded.
    enum DayTest {
        BEFORE,
        ON,
        /// On that day or later.
        SINCE
    }

    /// BEFORE, ON, SINCE: the internal date.
    record Received(DayTest test, LocalDate day) implements SearchKey {}

    /// SENTBEFORE, SENTON, SENTSINCE: the Date field.
    record Sent(DayTest test, LocalDate day) implements SearchKey {}

    /// OLDER and YOUNGER: received so long ago and earlier, or later. RFC 5032 2
    ///
    /// @param seconds 1 to 2^32-1
    record Within(boolean older, long seconds) implements SearchKey {}

    /// More than so many bytes.
    record Larger(long bytes) implements SearchKey {}

    /// Fewer than so many bytes.
    record Smaller(long bytes) implements SearchKey {}

    /// A sequence set, UID with a set, or `$`.
    record Numbered(NumberSet set) implements SearchKey {}

    /// UIDAFTER and UIDBEFORE, both ends included; nothing when `first > last`. RFC 9738 3.4
    record UidRange(long first, long last) implements SearchKey {}

    /// MODSEQ: changed at or after a mod-sequence. RFC 7162 3.1.5
    ///
    /// @param entry the flag whose change is meant, without `/flags/`; stores without a mod-sequence per flag
    ///     ignore it
    /// @param from 0 to 2^63-1
    record ModSeq(Optional<String> entry, long from) implements SearchKey {}

    record Not(SearchKey key) implements SearchKey {}

    record Or(SearchKey first, SearchKey second) implements SearchKey {}

    /// All of them: several keys side by side, or in parentheses.
    record And(List<SearchKey> keys) implements SearchKey {
        public And {
            keys = List.copyOf(keys);
        }
    }

    /// Does the tree name message sequence numbers? `$` does not: the saved result follows expunges.
    default boolean usesSeqNumbers() {
        return anyMatch(this, key -> key instanceof Numbered(NumberSet.Seqs seqs) && !seqs.isSaved());
    }

    /// Does the tree ask for mod-sequences? Such a search enables CONDSTORE. RFC 7162 3.1
    default boolean usesModSeq() {
        return anyMatch(this, key -> key instanceof ModSeq);
    }

    private static boolean anyMatch(SearchKey key, java.util.function.Predicate<SearchKey> wanted) {
        return wanted.test(key)
                || switch (key) {
                    case Not(SearchKey inner) -> anyMatch(inner, wanted);
                    case Or(SearchKey first, SearchKey second) -> anyMatch(first, wanted) || anyMatch(second, wanted);
                    case And(List<SearchKey> keys) -> keys.stream().anyMatch(each -> anyMatch(each, wanted));
                    case All all -> false;
                    case SystemFlag flag -> false;
                    case Keyword keyword -> false;
                    case Recent recent -> false;
                    case New fresh -> false;
                    case Header header -> false;
                    case Body body -> false;
                    case Text text -> false;
                    case Received received -> false;
                    case Sent sent -> false;
                    case Within within -> false;
                    case Larger larger -> false;
                    case Smaller smaller -> false;
                    case Numbered numbered -> false;
                    case UidRange range -> false;
                    case ModSeq modSeq -> false;
                };
    }
}
