package palomar.imap.proto;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `RETURN (...)` of SEARCH, SORT and ESEARCH, and the ranges that FETCH has too. RFC 4466 2.6.1, RFC 9394 4
final class SearchReturnsParser {
    private static final Words<SearchReturn> RETURNS = Words.of(SearchReturn.class);

    private final Arguments args;

    SearchReturnsParser(Arguments args) {
        this.args = args;
    }

    /// Everything after the word RETURN.
    SearchReturns returns() throws IOException, SyntaxException {
        args.space("return options in parentheses");
        args.take('(', "return options in parentheses");
        Set<SearchReturn> options = EnumSet.noneOf(SearchReturn.class);
        ResultRange partial = null;
        List<FetchItem> updateItems = List.of();
        boolean spaceTaken = true;
        while (!args.skip(')')) {
            if (!spaceTaken) {
                args.space("a return option");
            }
            spaceTaken = false;
            SearchReturn option = args.word(RETURNS, "a return option");
            if (option == null) {
                throw args.invalid("unknown return option " + args.shownWord());
            }
            if (option == SearchReturn.PARTIAL) {
                partial = partial(partial);
            }
            options.add(option);
            if (option == SearchReturn.UPDATE) {
                // The grammar of RFC 5465 8 has no space before the items, its example in 7 has one.
                spaceTaken = args.skip(' ');
                if (args.isNext('(')) {
                    updateItems = new FetchParser(args).list();
                    spaceTaken = false;
                } else if (spaceTaken && args.isNext(')')) {
                    throw args.expected("a return option");
                }
            }
        }
        if (options.isEmpty()) {
            options.add(SearchReturn.ALL);
        }
        if (partial != null && options.contains(SearchReturn.ALL)) {
            throw args.invalid("both ALL and PARTIAL");
        }
        return new SearchReturns(options, Optional.ofNullable(partial), updateItems);
    }

    /// @param before the PARTIAL of the same command, if it has one already
    ResultRange partial(@Nullable ResultRange before) throws IOException, SyntaxException {
        if (before != null) {
            throw args.invalid("more than one PARTIAL");
        }
        args.space("a range as 1:100 or -1:-100");
        boolean fromEnd = args.skip('-');
        long from = args.nzNumber("a range as 1:100 or -1:-100");
        args.take(':', "a colon and the other end of the range");
        if (fromEnd) {
            args.take('-', "a negative number, as the other end of the range is");
        }
        return new ResultRange(from, args.nzNumber("the other end of the range"), fromEnd);
    }
}
