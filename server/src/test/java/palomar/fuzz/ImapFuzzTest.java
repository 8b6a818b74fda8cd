package palomar.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.imap.proto.Commands;
import palomar.testkit.Seeds;

/// Replays [ImapFuzz] with commands that were broken on purpose.
class ImapFuzzTest {
    private static final List<String> PIECES = List.of(
            "{3}\r\n",
            "{3+}\r\nabc",
            "~{2+}\r\n\0\n",
            "{0+}\r\n",
            "{501+}\r\n",
            "{99999999999}\r\n",
            "{99999999999+}\r\n",
            "{18446744073709551616+}\r\n",
            "\r\n",
            "\n",
            "\r",
            "\"",
            "\\",
            "(",
            ")",
            "[",
            "]",
            "<",
            ">",
            " ",
            "  ",
            "*",
            "$",
            ":",
            ",",
            "+",
            "-",
            "\0",
            "\u00e9",
            "&",
            "&AOk-",
            "DONE\r\n",
            "a APPEND x ",
            "a APPEND x CATENATE (TEXT {3+}\r\nabc URL /INBOX/;UID=1 UTF8 (~{1+}\r\n\0)) UTF8 (~{0+}\r\n)\r\n",
            "a REPLACE 1 x {1+}\r\na\r\n",
            "a UID REPLACE * x ",
            "CATENATE (",
            "TEXT {1+}\r\n",
            "URL ",
            "UTF8 (",
            "a IDLE\r\n",
            "a AUTHENTICATE X\r\n",
            "=",
            "0",
            "4294967295",
            "4294967296",
            "9223372036854775807",
            "9223372036854775808",
            "NIL",
            "((((((((((((",
            "NOT ",
            "OR ",
            "\"1-Jan-2024 00:00:00 +0000\"",
            "x".repeat(300));

    private static void replay(byte[] input) throws IOException {
        try {
            ImapFuzz.fuzz(input);
        } catch (AssertionError | RuntimeException e) {
            String shown = new String(input, StandardCharsets.ISO_8859_1);
            throw new AssertionError("seed " + Seeds.seed() + ", input: " + shown, e);
        }
    }

    @Test
    void commandsOfTheTables() throws IOException {
        List<Commands.Row> rows = new ArrayList<>(Commands.good());
        rows.addAll(Commands.bad());
        for (Commands.Row row : rows) {
            replay((row.line() + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void mutatedDialogues() throws IOException {
        RandomGenerator random = Seeds.random("mutatedDialogues");
        List<Commands.Row> rows = new ArrayList<>(Commands.good());
        rows.addAll(Commands.bad());
        for (int round = 0; round < 20_000; round++) {
            StringBuilder dialogue = new StringBuilder();
            for (int i = random.nextInt(4); i >= 0; i--) {
                dialogue.append(rows.get(random.nextInt(rows.size())).line()).append("\r\n");
            }
            for (int i = random.nextInt(6); i > 0; i--) {
                mutate(dialogue, random);
            }
            replay(dialogue.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void mutatedTranscripts() throws IOException {
        FuzzMutator mutator = new FuzzMutator(FuzzSeeds.of("Imap"), Seeds.random("mutatedTranscripts"));
        for (int round = 0; round < 10_000; round++) {
            replay(mutator.next(4_000));
        }
    }

    @Test
    void noise() throws IOException {
        RandomGenerator random = Seeds.random("noise");
        for (int round = 0; round < 5_000; round++) {
            byte[] input = new byte[random.nextInt(200)];
            random.nextBytes(input);
            replay(input);
        }
    }

    private static void mutate(StringBuilder text, RandomGenerator random) {
        int at = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), at + random.nextInt(10));
        switch (random.nextInt(6)) {
            case 0 -> text.delete(at, to);
            case 1 -> text.insert(at, text.substring(at, to));
            case 2 -> text.setLength(Math.max(1, at));
            case 3 -> text.insert(at, (char) random.nextInt(128));
            default -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        }
        if (text.isEmpty()) {
            text.append(' ');
        }
    }
}
