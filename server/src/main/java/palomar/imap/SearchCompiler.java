package palomar.imap;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import palomar.imap.proto.AnnotationAttribute;
import palomar.imap.proto.SearchKey;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.message.FieldNeedle;
import palomar.message.FuzzyQuery;
import palomar.message.FuzzySearch;
import palomar.message.HeaderNames;
import palomar.message.Needle;
import palomar.message.TextSearch;

/// Makes conditions of search keys, once a search: sets are resolved against the session's view, texts folded,
/// keywords looked up, and what is cheap to know stands before what is not.
final class SearchCompiler {
    private static final Comparator<SearchCondition> BY_COST = Comparator.comparing(SearchCondition::cost);

    private final SelectedMailbox box;
    private final Instant now;

    /// @param now what OLDER and YOUNGER count from; RFC 5032 2
    SearchCompiler(SelectedMailbox box, Instant now) {
        this.box = box;
        this.now = now;
    }

    SearchCondition compile(SearchKey key) {
        return switch (key) {
            case SearchKey.All _ -> new SearchCondition.Everything();
            case SearchKey.SystemFlag(int bit, boolean present) ->
                new SearchCondition.SystemBits(bit, present ? bit : 0);
            case SearchKey.Keyword(String keyword, boolean present) -> keyword(keyword, present);
            case SearchKey.Recent(boolean present) -> recent(present);
            case SearchKey.New _ ->
                new SearchCondition.And(List.of(recent(true), new SearchCondition.SystemBits(SystemFlags.SEEN, 0)));
            case SearchKey.Header(String field, String text) ->
                new SearchCondition.Header(new FieldNeedle(field, needle(text)));
            case SearchKey.Body(String text) -> new SearchCondition.Body(new TextSearch(needle(text)));
            case SearchKey.Text(String text) -> new SearchCondition.Text(new TextSearch(needle(text)));
            case SearchKey.Received(SearchKey.DayTest test, var day) ->
                new SearchCondition.Received(test, day.toEpochDay());
            case SearchKey.Sent(SearchKey.DayTest test, var day) -> new SearchCondition.Sent(test, day.toEpochDay());
            case SearchKey.Filter filter -> throw new IllegalStateException("not expanded: " + filter);
            case SearchKey.Saved(SearchKey.DayTest test, var day) -> new SearchCondition.Saved(test, day.toEpochDay());
            case SearchKey.SaveDateSupported _ -> new SearchCondition.Everything();
            case SearchKey.EmailId(String id) ->
                ObjectIds.guid(id)
                        .<SearchCondition>map(SearchCondition.SameEmail::new)
                        .orElseGet(SearchCondition.Nothing::new);
            case SearchKey.ThreadId(String id) -> new SearchCondition.SameThread(id);
            case SearchKey.Annotation annotation -> annotation(annotation);
            case SearchKey.Within(boolean older, long seconds) -> within(older, now.getEpochSecond() - seconds);
            case SearchKey.Larger(long bytes) -> new SearchCondition.Size(bytes, Long.MAX_VALUE);
            case SearchKey.Smaller(long bytes) -> new SearchCondition.Size(-1, bytes);
            case SearchKey.Numbered(var set) -> new SearchCondition.Among(box.uids(box.resolveLeniently(set)));
            case SearchKey.UidRange(long first, long last) ->
                new SearchCondition.Among(
                        UidSet.ofRange(first, last).intersect(box.view().uids()));
            case SearchKey.ModSeq modSeq -> new SearchCondition.ModSeqFrom(modSeq.from());
            case SearchKey.Not(SearchKey inner) -> not(compile(inner));
            case SearchKey.Fuzzy(SearchKey inner) -> fuzzy(inner);
            case SearchKey.Or(SearchKey first, SearchKey second) -> or(compile(first), compile(second));
            case SearchKey.And(List<SearchKey> keys) -> and(keys.stream().map(this::compile));
        };
    }

    /// Texts, days and sizes are matched more or less. What is sure stays so: flags, numbers, and what is not to
    /// be.
    private SearchCondition fuzzy(SearchKey key) {
        return switch (key) {
            case SearchKey.Header(String field, String text)
            when !text.isEmpty() -> new FuzzyCondition.Header(new HeaderNames(List.of(field), false), fuzzy(text));
            case SearchKey.Body(String text) when !text.isEmpty() -> new FuzzyCondition.Text(false, fuzzy(text));
            case SearchKey.Text(String text) when !text.isEmpty() -> new FuzzyCondition.Text(true, fuzzy(text));
            case SearchKey.Received(SearchKey.DayTest test, var day) ->
                new FuzzyCondition.Day(test, day.toEpochDay(), false);
            case SearchKey.Sent(SearchKey.DayTest test, var day) ->
                new FuzzyCondition.Day(test, day.toEpochDay(), true);
            case SearchKey.Larger(long bytes) -> new FuzzyCondition.Size(true, bytes);
            case SearchKey.Smaller(long bytes) -> new FuzzyCondition.Size(false, bytes);
            case SearchKey.Or(SearchKey first, SearchKey second) -> or(fuzzy(first), fuzzy(second));
            case SearchKey.And(List<SearchKey> keys) -> and(keys.stream().map(this::fuzzy));
            case SearchKey.Fuzzy(SearchKey inner) -> fuzzy(inner);
            case SearchKey.Not not -> compile(not);
            case SearchKey.Leaf leaf -> compile(leaf);
        };
    }

    private static FuzzySearch fuzzy(String text) {
        return new FuzzySearch(new FuzzyQuery(text));
    }

    private SearchCondition annotation(SearchKey.Annotation key) {
        return new SearchCondition.HasAnnotation(
                box.mailbox(),
                new ListPattern("", key.entry()),
                key.scopes().contains(AnnotationAttribute.VALUE_PRIV),
                key.scopes().contains(AnnotationAttribute.VALUE_SHARED),
                key.text().map(this::needle).orElse(null));
    }

    private Needle needle(String text) {
        return new Needle(text, box.textOrder().collation());
    }

    private SearchCondition keyword(String keyword, boolean present) {
        List<String> known = box.mailbox().keywords();
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).equalsIgnoreCase(keyword)) {
                return new SearchCondition.KeywordBit(1L << i, present);
            }
        }
        return present ? new SearchCondition.Nothing() : new SearchCondition.Everything();
    }

    private static SearchCondition within(boolean older, long target) {
        return older
                ? new SearchCondition.ReceivedWithin(Long.MIN_VALUE, target)
                : new SearchCondition.ReceivedWithin(target, Long.MAX_VALUE);
    }

    private SearchCondition recent(boolean present) {
        UidSet recent = box.recentUids();
        return new SearchCondition.Among(present ? recent : box.view().uids().minus(recent));
    }

    private SearchCondition not(SearchCondition inner) {
        if (inner instanceof SearchCondition.Among(UidSet uids)) {
            return new SearchCondition.Among(box.view().uids().minus(uids));
        }
        return new SearchCondition.Not(inner);
    }

    private static SearchCondition or(SearchCondition first, SearchCondition second) {
        return first.cost().compareTo(second.cost()) <= 0
                ? new SearchCondition.Or(first, second)
                : new SearchCondition.Or(second, first);
    }

    private static SearchCondition and(Stream<SearchCondition> all) {
        List<SearchCondition> conditions = all.sorted(BY_COST).toList();
        return switch (conditions.size()) {
            case 0 -> new SearchCondition.Everything();
            case 1 -> conditions.getFirst();
            default -> new SearchCondition.And(conditions);
        };
    }
}
