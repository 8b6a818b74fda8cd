package palomar.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.imap.proto.SearchKey;
import palomar.imap.proto.SearchProgram;
import palomar.imap.proto.SearchReturn;
import palomar.imap.proto.SearchReturns;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.UidSet;

/// Named searches, kept as annotations of the server. RFC 5466
///
/// What a filter stands for counts as one key: `NOT FILTER x` is the opposite of the whole of x, however many keys
/// it has. One object a command.
final class Filters {
    /// Before the name of a filter: its annotation. RFC 5466 3.2
    static final String PRIVATE = "/private/filters/values/";

    private static final String SHARED = "/shared/filters/values/";

    /// Filters within filters; RFC 5466 3.1 asks for three.
    private static final int MOST_PASSES = 10;

    /// Keys of the search with all filters put in, so that a few filters that name each other many times do not
    /// grow into a search without end.
    private static final int MOST_KEYS = 10_000;

    /// Bytes of their texts.
    private static final int MOST_TEXT = 1 << 20;

    private final Annotations annotations;
    private final List<String> within = new ArrayList<>();
    private int keys;
    private int bytes;

    /// @param annotations the server's
    Filters(Annotations annotations) {
        this.annotations = annotations;
    }

    /// The search with what the filters stand for in their place.
    ///
    /// @param box where the result would have been saved; RFC 9051 6.4.4.1: a search that fails leaves an empty
    /// one
    /// @throws UndefinedFilter also for one that contains itself
    SearchKey expand(SearchKey key, SearchReturns returns, @Nullable SelectedMailbox box) {
        if (!key.usesFilter()) {
            return key;
        }
        if (box != null && returns.has(SearchReturn.SAVE)) {
            box.save(UidSet.EMPTY);
        }
        return expand(key);
    }

    private SearchKey expand(SearchKey key) {
        return key.map(leaf -> {
            if (leaf instanceof SearchKey.Filter(String name)) {
                return meaning(name);
            }
            if (++keys > MOST_KEYS) {
                throw new MailException(MailError.LIMIT, "the filters make more than " + MOST_KEYS + " search keys");
            }
            return leaf;
        });
    }

    private SearchKey meaning(String name) {
        // Names of annotations know no case. RFC 5464 4
        String folded = name.toLowerCase(Locale.ROOT);
        if (within.contains(folded) || within.size() == MOST_PASSES) {
            throw new UndefinedFilter(name, "filters within filters without end");
        }
        Optional<byte[]> text = annotations.get(PRIVATE + folded).or(() -> annotations.get(SHARED + folded));
        if (text.isEmpty()) {
            throw new UndefinedFilter(name, "there is no such filter");
        }
        bytes += text.get().length;
        if (bytes > MOST_TEXT) {
            throw new MailException(MailError.LIMIT, "the filters are more than " + MOST_TEXT + " bytes long");
        }
        Optional<SearchKey> meaning = SearchProgram.parse(text.get());
        if (meaning.isEmpty()) {
            throw new MailException(MailError.CANNOT, "the filter " + name + " is no complete search");
        }
        within.add(folded);
        SearchKey expanded = expand(meaning.get());
        within.removeLast();
        return expanded;
    }

    /// May it be stored? RFC 5466 3.2
    static boolean isValid(String annotation, byte[] value) {
        boolean filter = annotation.startsWith(PRIVATE) || annotation.startsWith(SHARED);
        return !filter || SearchProgram.parse(value).isPresent();
    }
}
