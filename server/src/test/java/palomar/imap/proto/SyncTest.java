package palomar.imap.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static palomar.imap.proto.Commands.bytes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.testkit.Seeds;
import palomar.testkit.TornInput;

/// Whatever is wrong with a command, the next one is found: literals are never taken for commands. RFC 7888 3
class SyncTest {
    private static final Command NEXT = new Command.Noop(new Tag("z"));

    /// Literals that look like the end of a command, like a command, like a literal, like anything but themselves.
    private static final List<String> TRAPS = List.of(
            "",
            "x",
            "\r\n",
            "\r\ny LOGOUT\r\n",
            "{5+}\r\n",
            "y {3}\r\nabc",
            "\"",
            "(((",
            "\r",
            "\n",
            "{",
            "\0",
            "\\\r\n");

    private static String literal(String content) {
        return "{" + content.length() + "+}\r\n" + content;
    }

    private static void check(String command) throws IOException {
        for (int pieces : new int[] {1, 1 << 20}) {
            TornInput input = TornInput.every(pieces, bytes(command + "\r\nz NOOP\r\n"));
            CommandReader reader = new CommandReader(input, () -> {}, Limits.AFTER_LOGIN);
            Command first = reader.read();
            assertThat(reader.read())
                    .as("after %s, which is %s; seed %d", command, first, Seeds.seed())
                    .isEqualTo(NEXT);
        }
    }

    @Test
    void literalsInGoodAndBadPlacesAreSkippedWhole() throws IOException {
        for (String trap : TRAPS) {
            String literal = literal(trap);
            for (String command : List.of(
                    "a SELECT " + literal,
                    "a SELECT x " + literal,
                    "a SELECT x" + literal,
                    "a SELECT (" + literal,
                    "a FROB " + literal + literal + " " + literal,
                    "a FETCH 1 BODY[HEADER.FIELDS (" + literal + " " + literal + ")]",
                    "a FETCH 1 BODY[HEADER.FIELDS (" + literal + "] " + literal,
                    "a SEARCH SUBJECT " + literal + " FOO " + literal,
                    "a SEARCH CHARSET X SUBJECT " + literal + " BODY " + literal,
                    "a SEARCH \"" + literal,
                    "a SEARCH HEADER " + literal + " ~" + literal,
                    "a LOGIN \"x" + literal,
                    "a LOGIN " + literal,
                    "a LOGIN " + literal + " " + literal + " " + literal,
                    "a APPEND " + literal,
                    "a APPEND " + literal + " " + literal,
                    "a APPEND x (\\Seen) " + literal + " (\\Foo " + literal + " " + literal,
                    "a APPEND x \"" + literal,
                    "a STORE 1 FLAGS " + literal,
                    "a ID (" + literal + " " + literal + ")",
                    "a ID " + literal,
                    "a " + literal,
                    literal,
                    "* " + literal,
                    "\" " + literal)) {
                check(command);
            }
        }
    }

    @Test
    void mutatedCommandsStayInStep() throws IOException {
        RandomGenerator random = Seeds.random("mutatedCommandsStayInStep");
        List<Commands.Row> rows = new ArrayList<>(Commands.good());
        rows.addAll(Commands.bad());
        for (int round = 0; round < 5_000; round++) {
            StringBuilder command = new StringBuilder();
            for (String token : rows.get(random.nextInt(rows.size())).line().split(" ")) {
                // Literals of the table are taken apart: here only our own are whole.
                if (token.contains("{") || token.contains("\r")) {
                    continue;
                }
                command.append(command.isEmpty() ? "" : random.nextInt(20) == 0 ? "  " : " ");
                switch (random.nextInt(10)) {
                    case 0 -> command.append(literal(TRAPS.get(random.nextInt(TRAPS.size()))));
                    case 1 -> command.append(literal(token));
                    case 2 -> command.append('"').append(token);
                    case 3 -> command.append(token).append(literal(token)).append(token);
                    case 4 -> command.append(token, 0, random.nextInt(token.length() + 1));
                    default -> command.append(token);
                }
            }
            // A line that ends like a literal would take the next command with it, and rightly so.
            check(command.append('.').toString());
        }
    }
}
