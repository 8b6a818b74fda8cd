package palomar.imap.proto;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The tables of commands in `commands-good.txt` and `commands-bad.txt`.
public final class Commands {
    private Commands() {}

    /// @param line what the client sends, without the last line end
    /// @param meaning what the reader makes of it
    public record Row(String line, String meaning) {
        @Override
        public String toString() {
            return line;
        }
    }

    public static List<Row> good() {
        return rows("commands-good.txt");
    }

    public static List<Row> bad() {
        return rows("commands-bad.txt");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Row> rows(String file) {
        try (InputStream in = Objects.requireNonNull(Commands.class.getResourceAsStream(file), file)) {
            List<Row> rows = new ArrayList<>();
            String said = "";
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith("C: ")) {
                    said = unescape(line.substring(3));
                } else if (line.startsWith("= ")) {
                    rows.add(new Row(said, line.substring(2)));
                }
            }
            return rows;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String unescape(String text) {
        return text.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\s", " ")
                .replace("\\u0000", "\0");
    }
}
