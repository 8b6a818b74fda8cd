package palomar.imap.proto;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;

/// The arguments of SEARCH, UID SEARCH and ESEARCH. RFC 9051 6.4.4, RFC 3501 6.4.4, RFC 7377 4, OLDER and YOUNGER:
/// RFC 5032 3, FILTER: RFC 5466 4, FUZZY: RFC 6203 7. One object a command.
final class SearchParser {
    /// Keys without arguments.
    private static final Words<SearchKey> PLAIN = Words.of(Map.ofEntries(
            Map.entry("ALL", new SearchKey.All()),
            Map.entry("ANSWERED", new SearchKey.SystemFlag(SystemFlags.ANSWERED, true)),
            Map.entry("DELETED", new SearchKey.SystemFlag(SystemFlags.DELETED, true)),
            Map.entry("DRAFT", new SearchKey.SystemFlag(SystemFlags.DRAFT, true)),
            Map.entry("FLAGGED", new SearchKey.SystemFlag(SystemFlags.FLAGGED, true)),
            Map.entry("SEEN", new SearchKey.SystemFlag(SystemFlags.SEEN, true)),
            Map.entry("UNANSWERED", new SearchKey.SystemFlag(SystemFlags.ANSWERED, false)),
            Map.entry("UNDELETED", new SearchKey.SystemFlag(SystemFlags.DELETED, false)),
            Map.entry("UNDRAFT", new SearchKey.SystemFlag(SystemFlags.DRAFT, false)),
            Map.entry("UNFLAGGED", new SearchKey.SystemFlag(SystemFlags.FLAGGED, false)),
            Map.entry("UNSEEN", new SearchKey.SystemFlag(SystemFlags.SEEN, false)),
            Map.entry("NEW", new SearchKey.New()),
            Map.entry("OLD", new SearchKey.Recent(false)),
            Map.entry("RECENT", new SearchKey.Recent(true)),
            Map.entry("SAVEDATESUPPORTED", new SearchKey.SaveDateSupported())));

    /// Keys that arguments follow.
    private enum Key {
        ANNOTATION,
        BCC,
        BEFORE,
        BODY,
        CC,
        EMAILID,
        FILTER,
        FROM,
        FUZZY,
        HEADER,
        KEYWORD,
        LARGER,
        MODSEQ,
        NOT,
        OLDER,
        ON,
        OR,
        SAVEDBEFORE,
        SAVEDON,
        SAVEDSINCE,
        SENTBEFORE,
        SENTON,
        SENTSINCE,
        SINCE,
        SMALLER,
        SUBJECT,
        TEXT,
        THREADID,
        TO,
        UID,
        UIDAFTER,
        UIDBEFORE,
        UNKEYWORD,
        YOUNGER
    }

    private static final int LONGEST_OBJECT_ID = 255;

    private static final Words<Key> KEYS = Words.of(Key.class);

    private enum Opening {
        CHARSET,
        IN,
        RETURN
    }

    private static final Words<Opening> OPENINGS = Words.of(Opening.class);

    private enum EntryType {
        PRIV,
        SHARED,
        ALL
    }

    private static final Words<EntryType> ENTRY_TYPES = Words.of(EntryType.class);

    private final Arguments args;
    private Charset charset = StandardCharsets.UTF_8;
    private @Nullable String unknownCharset;
    private String charsetName = "UTF-8";
    private boolean filters;
    private int keys;

    SearchParser(Arguments args) {
        this.args = args;
    }

    /// Everything after SEARCH or UID SEARCH.
    Command search(Tag tag, Command.Numbering by) throws IOException, SyntaxException {
        args.space("a search key");
        boolean wordRead = startsWithWord();
        SearchReturns returns = SearchReturns.NONE;
        if (wordRead && args.again(OPENINGS) == Opening.RETURN) {
            returns = returns();
            wordRead = startsWithWord();
        }
        SearchKey key = program(wordRead);
        SearchReturns wanted = returns;
        return badCharset(tag, wanted)
                .<Command>map(bad -> bad)
                .orElseGet(() -> new Command.Search(tag, by, wanted, key));
    }

    /// Everything after ESEARCH. RFC 7377 4
    Command esearch(Tag tag) throws IOException, SyntaxException {
        args.space("a search key");
        boolean wordRead = startsWithWord();
        List<SearchSource> sources = List.of();
        if (wordRead && args.again(OPENINGS) == Opening.IN) {
            sources = new SearchSourceParser(args).sources();
            args.space("a search key");
            wordRead = startsWithWord();
        }
        SearchReturns returns = SearchReturns.NONE;
        if (wordRead && args.again(OPENINGS) == Opening.RETURN) {
            returns = returns();
            wordRead = startsWithWord();
        }
        SearchKey key = program(wordRead);
        return new Command.Esearch(tag, sources, returns, key, badCharset(tag, returns));
    }

    private SearchReturns returns() throws IOException, SyntaxException {
        SearchReturns returns = new SearchReturnsParser(args).returns();
        args.space("a search key");
        return returns;
    }

    /// CHARSET and the search keys, up to the end of the line.
    private SearchKey program(boolean wordRead) throws IOException, SyntaxException {
        if (!wordRead || args.again(OPENINGS) != Opening.CHARSET) {
            return keys(wordRead);
        }
        if (args.isCharsetRefused()) {
            throw args.invalid("CHARSET after ENABLE UTF8=ACCEPT");
        }
        return afterCharset();
    }

    /// A space, CHARSET if it is given, and search keys up to the end of the line.
    SearchKey charsetAndKeys() throws IOException, SyntaxException {
        args.space("a search key");
        return program(startsWithWord());
    }

    /// A charset and search keys up to the end of the line, as SORT and THREAD have them. RFC 5256 5
    SearchKey afterCharset() throws IOException, SyntaxException {
        charset();
        args.space("a search key");
        return keys(startsWithWord());
    }

    /// The keys alone, up to the end of the line.
    SearchKey criteria() throws IOException, SyntaxException {
        return keys(startsWithWord());
    }

    /// Instead of the command, when its charset is not known, or can't go with filters. RFC 5466 3.1
    Optional<Command.BadCharset> badCharset(Tag tag, SearchReturns returns) {
        boolean saves = returns.has(SearchReturn.SAVE);
        boolean utf8 = charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII);
        if (filters && !utf8) {
            return Optional.of(new Command.BadCharset(tag, charsetName, saves, true));
        }
        return Optional.ofNullable(unknownCharset).map(name -> new Command.BadCharset(tag, name, saves, false));
    }

    private SearchKey keys(boolean wordRead) throws IOException, SyntaxException {
        List<SearchKey> all = new ArrayList<>();
        all.add(wordRead ? wordKey(0) : key(0));
        while (args.skip(' ')) {
            all.add(key(0));
        }
        args.end();
        return all(all);
    }

    private static SearchKey all(List<SearchKey> keys) {
        return keys.size() == 1 ? keys.getFirst() : new SearchKey.And(keys);
    }

    /// Reads the next word if there is one; it is then the current word of the arguments.
    private boolean startsWithWord() throws IOException, SyntaxException {
        int b = args.peek();
        if (Bytes.upper(b) < 'A' || Bytes.upper(b) > 'Z') {
            return false;
        }
        args.word(KEYS, "a search key");
        return true;
    }

    private void charset() throws IOException, SyntaxException {
        args.space("a charset");
        String name = args.astring("a charset");
        charsetName = name;
        Optional<Charset> known = Decoding.charset(name);
        if (known.isEmpty()) {
            unknownCharset = name;
            charset = StandardCharsets.ISO_8859_1;
            return;
        }
        charset = known.get();
    }

    private SearchKey key(int depth) throws IOException, SyntaxException {
        int b = args.peek();
        if (b == '(') {
            return nested(depth);
        }
        if (b == '$' || b == '*' || Bytes.isDigit(b)) {
            count();
            return new SearchKey.Numbered(args.seqs());
        }
        args.word(KEYS, "a search key");
        return wordKey(depth);
    }

    private SearchKey nested(int depth) throws IOException, SyntaxException {
        checkDepth(depth);
        args.take('(', "a search key");
        List<SearchKey> inner = new ArrayList<>();
        do {
            inner.add(key(depth + 1));
        } while (args.skip(' '));
        args.take(')', "a space or a closing parenthesis");
        return all(inner);
    }

    /// The key whose name is the current word.
    private SearchKey wordKey(int depth) throws IOException, SyntaxException {
        count();
        SearchKey plain = args.again(PLAIN);
        if (plain != null) {
            return plain;
        }
        Key key = args.again(KEYS);
        if (key == null) {
            throw args.invalid("unknown search key " + args.shownWord());
        }
        return switch (key) {
            case ANNOTATION -> new AnnotationParser(args).search(charset);
            case BCC -> new SearchKey.Header("Bcc", text());
            case CC -> new SearchKey.Header("Cc", text());
            case FROM -> new SearchKey.Header("From", text());
            case SUBJECT -> new SearchKey.Header("Subject", text());
            case TO -> new SearchKey.Header("To", text());
            case FILTER -> filter();
            case FUZZY -> fuzzy(depth);
            case HEADER -> header();
            case BODY -> new SearchKey.Body(text());
            case TEXT -> new SearchKey.Text(text());
            case BEFORE -> received(SearchKey.DayTest.BEFORE);
            case ON -> received(SearchKey.DayTest.ON);
            case SINCE -> received(SearchKey.DayTest.SINCE);
            case SENTBEFORE -> sent(SearchKey.DayTest.BEFORE);
            case SENTON -> sent(SearchKey.DayTest.ON);
            case SENTSINCE -> sent(SearchKey.DayTest.SINCE);
            case SAVEDBEFORE -> saved(SearchKey.DayTest.BEFORE);
            case SAVEDON -> saved(SearchKey.DayTest.ON);
            case SAVEDSINCE -> saved(SearchKey.DayTest.SINCE);
            case EMAILID -> new SearchKey.EmailId(objectId());
            case THREADID -> new SearchKey.ThreadId(objectId());
            case LARGER -> new SearchKey.Larger(size());
            case SMALLER -> new SearchKey.Smaller(size());
            case OLDER -> new SearchKey.Within(true, interval());
            case YOUNGER -> new SearchKey.Within(false, interval());
            case KEYWORD -> new SearchKey.Keyword(keyword(), true);
            case UNKEYWORD -> new SearchKey.Keyword(keyword(), false);
            case UID -> uid();
            case UIDAFTER -> new SearchKey.UidRange(oneUid() + 1, UidSet.MAX_UID);
            case UIDBEFORE -> new SearchKey.UidRange(1, oneUid() - 1);
            case MODSEQ -> modSeq();
            case NOT -> not(depth);
            case OR -> or(depth);
        };
    }

    private void count() throws SyntaxException {
        if (++keys > args.limits().items()) {
            throw args.invalid("more than " + args.limits().items() + " search keys");
        }
    }

    private void checkDepth(int depth) throws SyntaxException {
        if (depth >= args.limits().nesting()) {
            throw args.invalid("search keys nested deeper than " + args.limits().nesting());
        }
    }

    private String text() throws IOException, SyntaxException {
        args.space("a string");
        byte[] bytes = args.astringBytes("a string");
        return Decoding.decode(bytes, bytes.length, charset)
                .or(() -> latin1(bytes))
                .orElseThrow(() -> args.invalid("a string that is not " + charset.name()));
    }

    private Optional<String> latin1(byte[] bytes) {
        return args.limits().latin1() && charset.equals(StandardCharsets.UTF_8)
                ? Optional.of(new String(bytes, StandardCharsets.ISO_8859_1))
                : Optional.empty();
    }

    /// RFC 5466 4: filter-name
    private SearchKey filter() throws IOException, SyntaxException {
        args.space("the name of a filter");
        String name = args.atom("the name of a filter");
        if (name.indexOf('/') >= 0) {
            throw args.invalid("a filter's name with a slash");
        }
        filters = true;
        return new SearchKey.Filter(name);
    }

    private SearchKey header() throws IOException, SyntaxException {
        args.space("a header name");
        String field = args.astring("a header name");
        return new SearchKey.Header(field, text());
    }

    private SearchKey received(SearchKey.DayTest test) throws IOException, SyntaxException {
        args.space("a date");
        return new SearchKey.Received(test, args.date());
    }

    private SearchKey sent(SearchKey.DayTest test) throws IOException, SyntaxException {
        args.space("a date");
        return new SearchKey.Sent(test, args.date());
    }

    private SearchKey saved(SearchKey.DayTest test) throws IOException, SyntaxException {
        args.space("a date");
        return new SearchKey.Saved(test, args.date());
    }

    /// RFC 8474 7: objectid
    private String objectId() throws IOException, SyntaxException {
        args.space("an object identifier");
        String id = args.astring("an object identifier");
        boolean good = !id.isEmpty() && id.length() <= LONGEST_OBJECT_ID;
        for (int i = 0; good && i < id.length(); i++) {
            char c = id.charAt(i);
            good = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
        }
        if (!good) {
            throw args.invalid("an object identifier of other than 1 to 255 letters, digits, - and _");
        }
        return id;
    }

    private long size() throws IOException, SyntaxException {
        args.space("a size");
        return args.number64("a size");
    }

    private long interval() throws IOException, SyntaxException {
        args.space("an interval in seconds");
        return args.nzNumber("an interval in seconds");
    }

    private String keyword() throws IOException, SyntaxException {
        args.space("a keyword");
        return args.atom("a keyword");
    }

    private SearchKey uid() throws IOException, SyntaxException {
        args.space("a set of UIDs");
        return new SearchKey.Numbered(args.uids());
    }

    private long oneUid() throws IOException, SyntaxException {
        args.space("a UID");
        return args.nzNumber("a UID");
    }

    private SearchKey modSeq() throws IOException, SyntaxException {
        args.space("a mod-sequence");
        if (!args.isNext('"')) {
            return new SearchKey.ModSeq(Optional.empty(), args.number64("a mod-sequence"));
        }
        String entry = new String(args.quoted(), StandardCharsets.ISO_8859_1);
        if (!entry.regionMatches(true, 0, "/flags/", 0, 7) || entry.length() == 7) {
            throw args.invalid("an entry name other than /flags/...");
        }
        args.space("priv, shared or all");
        if (args.word(ENTRY_TYPES, "priv, shared or all") == null) {
            throw args.invalid("entry type " + args.shownWord());
        }
        args.space("a mod-sequence");
        return new SearchKey.ModSeq(Optional.of(entry.substring(7)), args.number64("a mod-sequence"));
    }

    private SearchKey not(int depth) throws IOException, SyntaxException {
        checkDepth(depth);
        args.space("a search key");
        return new SearchKey.Not(key(depth + 1));
    }

    private SearchKey fuzzy(int depth) throws IOException, SyntaxException {
        checkDepth(depth);
        args.space("a search key");
        return new SearchKey.Fuzzy(key(depth + 1));
    }

    private SearchKey or(int depth) throws IOException, SyntaxException {
        checkDepth(depth);
        args.space("a search key");
        SearchKey first = key(depth + 1);
        args.space("a second search key");
        return new SearchKey.Or(first, key(depth + 1));
    }
}
