package palomar.imap.proto;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// What SEARCH looks for, as a tree whose depth and size the reader has bounded. RFC 9051 6.4.4, RFC 3501 6.4.4
///
/// Texts are decoded from the command's charset but not folded; prepare them once per search (`message.Needle`).
public sealed interface SearchKey {

    /// A key that holds no other.
    sealed interface Leaf extends SearchKey {}

    record All() implements Leaf {}

    /// ANSWERED, DELETED, DRAFT, FLAGGED, SEEN and, with `present` false, UNANSWERED and so on.
    ///
    /// @param bit of `SystemFlags`
    record SystemFlag(int bit, boolean present) implements Leaf {}

    /// KEYWORD and UNKEYWORD.
    record Keyword(String keyword, boolean present) implements Leaf {}

    /// RECENT and, with `present` false, OLD. RFC 3501 6.4.4
    record Recent(boolean present) implements Leaf {}

    /// NEW: recent and not seen. RFC 3501 6.4.4
    record New() implements Leaf {}

    /// HEADER, and BCC, CC, FROM, SUBJECT, TO by their field names.
    ///
    /// @param field as written, the name only
    /// @param text empty: is there such a field at all?
    record Header(String field, String text) implements Leaf {}

    /// BODY: in the text of the message, without its header.
    record Body(String text) implements Leaf {}

    /// TEXT: in the header or the text.
    record Text(String text) implements Leaf {}

    /// How a day is compared; time and zone are disregarded.
    enum DayTest {
        BEFORE,
        ON,
        /// On that day or later.
        SINCE
    }

    /// BEFORE, ON, SINCE: the internal date.
    record Received(DayTest test, LocalDate day) implements Leaf {}

    /// SENTBEFORE, SENTON, SENTSINCE: the Date field.
    record Sent(DayTest test, LocalDate day) implements Leaf {}

    /// SAVEDBEFORE, SAVEDON, SAVEDSINCE: when the message came into its mailbox. RFC 8514 4.3
    record Saved(DayTest test, LocalDate day) implements Leaf {}

    /// SAVEDATESUPPORTED. RFC 8514 4.3
    record SaveDateSupported() implements Leaf {}

    /// EMAILID. RFC 8474 6
    record EmailId(String id) implements Leaf {}

    /// THREADID. RFC 8474 6
    record ThreadId(String id) implements Leaf {}

    /// ANNOTATION: a text in the value of an entry. RFC 5257 4.8
    ///
    /// @param entry maybe with wildcards
    /// @param scopes values that are looked at
    /// @param text empty, for NIL: there is no such value
    record Annotation(String entry, List<AnnotationAttribute> scopes, Optional<String> text) implements Leaf {}

    /// OLDER and YOUNGER: received so long ago and earlier, or later. RFC 5032 2
    ///
    /// @param seconds 1 to 2^32-1
    record Within(boolean older, long seconds) implements Leaf {}

    /// FILTER: what is stored under that name. RFC 5466 3.1
    record Filter(String name) implements Leaf {}

    /// More than so many bytes.
    record Larger(long bytes) implements Leaf {}

    /// Fewer than so many bytes.
    record Smaller(long bytes) implements Leaf {}

    /// A sequence set, UID with a set, or `$`.
    record Numbered(NumberSet set) implements Leaf {}

    /// UIDAFTER and UIDBEFORE, both ends included; nothing when `first > last`. RFC 9738 3.4
    record UidRange(long first, long last) implements Leaf {}

    /// MODSEQ: changed at or after a mod-sequence. RFC 7162 3.1.5
    ///
    /// @param entry the flag whose change is meant, without `/flags/`; stores without a mod-sequence per flag
    ///     ignore it
    /// @param from 0 to 2^63-1
    record ModSeq(Optional<String> entry, long from) implements Leaf {}

    record Not(SearchKey key) implements SearchKey {}

    record Or(SearchKey first, SearchKey second) implements SearchKey {}

    /// FUZZY: what fits more or less. RFC 6203 3
    record Fuzzy(SearchKey key) implements SearchKey {}

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

    /// Is something in the tree fuzzy? Only then RELEVANCY can be asked for. RFC 6203 4
    default boolean usesFuzzy() {
        return anyMatch(this, key -> key instanceof Fuzzy);
    }

    /// Does the tree name filters?
    default boolean usesFilter() {
        return anyMatch(this, key -> key instanceof Filter);
    }

    /// Does the tree ask for something that can change in a message that stays? Texts, dates and sizes can't.
    default boolean mayChange() {
        return anyMatch(
                this,
                key -> key instanceof SystemFlag
                        || key instanceof Keyword
                        || key instanceof Recent
                        || key instanceof New
                        || key instanceof ModSeq
                        || key instanceof Annotation
                        || key instanceof Within);
    }

    /// The tree with something else in place of each leaf.
    default SearchKey map(Function<Leaf, SearchKey> leaves) {
        return switch (this) {
            case Not(SearchKey inner) -> new Not(inner.map(leaves));
            case Fuzzy(SearchKey inner) -> new Fuzzy(inner.map(leaves));
            case Or(SearchKey first, SearchKey second) -> new Or(first.map(leaves), second.map(leaves));
            case And(List<SearchKey> keys) ->
                new And(keys.stream().map(each -> each.map(leaves)).toList());
            case Leaf leaf -> leaves.apply(leaf);
        };
    }

    private static boolean anyMatch(SearchKey key, Predicate<SearchKey> wanted) {
        return wanted.test(key)
                || switch (key) {
                    case Not(SearchKey inner) -> anyMatch(inner, wanted);
                    case Fuzzy(SearchKey inner) -> anyMatch(inner, wanted);
                    case Or(SearchKey first, SearchKey second) -> anyMatch(first, wanted) || anyMatch(second, wanted);
                    case And(List<SearchKey> keys) -> keys.stream().anyMatch(each -> anyMatch(each, wanted));
                    case Leaf leaf -> false;
                };
    }
}
