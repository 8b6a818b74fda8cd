package palomar.imap.proto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import palomar.bytes.ByteInput;

/// Search keys that are kept as text, in UTF-8. RFC 5466 3.2
public final class SearchProgram {
    private SearchProgram() {}

    /// The keys of a `search-criteria`, without RETURN and CHARSET; empty when the text is anything else.
    public static Optional<SearchKey> parse(byte[] text) {
        byte[] line = Arrays.copyOf(text, text.length + 2);
        line[text.length] = '\r';
        line[text.length + 1] = '\n';
        ByteInput in = ByteInput.of(line);
        try {
            Limits users = Limits.AFTER_LOGIN;
            Limits whole = new Limits(line.length, line.length, 0, Long.MAX_VALUE, 0, users.nesting(), users.items());
            LineInput input = new LineInput(in, () -> {}, whole);
            input.begin();
            Arguments args = new Arguments(input);
            args.begin("a filter");
            SearchKey key = new SearchParser(args).criteria();
            return in.peek() < 0 ? Optional.of(key) : Optional.empty();
        } catch (IOException | SyntaxException unfit) {
            return Optional.empty();
        }
    }

    /// As [#parse(byte[])], from text.
    public static Optional<SearchKey> parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
