package palomar.imap.proto;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a search is asked to return. RFC 9051 6.4.4, RFC 4731 3.1
///
/// @param options what RETURN (...) named, `RETURN ()` being ALL; empty without RETURN
/// @param partial there when the options have PARTIAL; ALL is not there then
/// @param updateItems what UPDATE tells of each new message that matches; RFC 5465 7
public record SearchReturns(Set<SearchReturn> options, Optional<ResultRange> partial, List<FetchItem> updateItems) {
    /// There was no RETURN.
    public static final SearchReturns NONE = new SearchReturns(Set.of(), Optional.empty(), List.of());

    public SearchReturns {
        updateItems = List.copyOf(updateItems);
        options = options.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(options));
        if (partial.isPresent() != options.contains(SearchReturn.PARTIAL)) {
            throw new IllegalArgumentException("PARTIAL and its range go together");
        }
    }

    public static SearchReturns of(SearchReturn first, SearchReturn... rest) {
        return new SearchReturns(EnumSet.of(first, rest), Optional.empty(), List.of());
    }

    /// Was there no RETURN?
    public boolean isEmpty() {
        return options.isEmpty();
    }

    public boolean has(SearchReturn option) {
        return options.contains(option);
    }

    /// The options, with the range in place of the word PARTIAL.
    @Override
    public String toString() {
        String words = options.toString();
        return partial.map(range -> words.replace("PARTIAL", "PARTIAL " + range))
                .orElse(words);
    }
}
