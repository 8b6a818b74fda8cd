package palomar.managesieve.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import palomar.bytes.ByteInput;
import palomar.testkit.TornInput;

class CommandReaderTest {
    private static final Limits LIMITS = new Limits(200, 20, 30, 50, 300);

    /// The first command, and whether the one behind it is found.
    private static String read(ByteInput in) throws IOException {
        CommandReader reader = new CommandReader(in, LIMITS);
        Command first = reader.read();
        if (!(first instanceof Command.Hopeless)) {
            assertThat(reader.read()).isInstanceOf(Command.ListScripts.class);
        }
        return shown(first);
    }

    private static String shown(Command command) {
        return switch (command) {
            case Command.PutScript(String name, byte[] content) -> "Put " + name + " " + utf8(content);
            case Command.CheckScript(byte[] content) -> "Check " + utf8(content);
            case Command.Noop(var tag) ->
                "Noop " + tag.map(CommandReaderTest::utf8).orElse("-");
            case Command.Authenticate(String mechanism, var initial) ->
                "Authenticate " + mechanism + " "
                        + initial.map(CommandReaderTest::utf8).orElse("-");
            case Command.Malformed(String why) -> "! " + why;
            case Command.Hopeless(String why) -> "!! " + why;
            default -> command.toString();
        };
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private record Row(String line, String meaning) {}

    /// With apostrophes for quotes.
    private static Row row(String line, String meaning) {
        return new Row(line.replace('\'', '"'), meaning.replace('\'', '"'));
    }

    private static final List<Row> ROWS = List.of(
            row("NOOP\r\n", "Noop -"),
            row("nOoP 'a'\r\n", "Noop a"),
            row("NOOP {0+}\r\n\r\n", "Noop "),
            row("LOGOUT\r\n", "Logout[]"),
            row("STARTTLS\r\n", "StartTls[]"),
            row("CAPABILITY\r\n", "Capability[]"),
            row("UNAUTHENTICATE\r\n", "Unauthenticate[]"),
            row("\r\n\r\nNOOP\r\n", "Noop -"),
            row("AUTHENTICATE 'PLAIN'\r\n", "Authenticate PLAIN -"),
            row("AUTHENTICATE {5+}\r\nPLAIN ''\r\n", "Authenticate PLAIN "),
            row("AUTHENTICATE 'PLAIN' {4+}\r\nYQ==\r\n", "Authenticate PLAIN YQ=="),
            row("AUTHENTICATE 'PLAIN' {31+}\r\n1234567890123456789012345678901\r\n", "! string too long"),
            row("HAVESPACE 'a' 0\r\n", "HaveSpace[name=a, size=0]"),
            row("HAVESPACE {3+}\r\na b 4294967295\r\n", "HaveSpace[name=a b, size=4294967295]"),
            row("PUTSCRIPT 'a' 'keep;'\r\n", "Put a keep;"),
            row("PUTSCRIPT {1+}\r\na {7+}\r\nkeep;\r\n\r\n", "Put a keep;\r\n"),
            row("PUTSCRIPT 'a' {51+}\r\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n", "TooBig[size=51]"),
            row("CHECKSCRIPT {3+}\r\n'\r\n\r\n", "Check '\r\n"),
            row("SETACTIVE ''\r\n", "SetActive[name=]"),
            row("GETSCRIPT 'a\\\\\\'b'\r\n", "GetScript[name=a\\'b]"),
            row("DELETESCRIPT 'x'\r\n", "DeleteScript[name=x]"),
            row("RENAMESCRIPT 'a' {1+}\r\nb\r\n", "RenameScript[from=a, to=b]"),
            row("XYZZY\r\n", "Unknown[]"),
            row("XYZZY 'a {5+}\r\nNOOP\r' {6+}\r\nNOOP\r\n\r\n", "Unknown[]"),
            row("UNAUTHENTICATED\r\n", "Unknown[]"),
            row("UNAUTHENTICATEDAGAIN\r\n", "! expected a command"),
            row("'NOOP'\r\n", "! expected a command"),
            row("NOOP \r\n", "! expected a string"),
            row("NOOP\t'a'\r\n", "! expected a space"),
            row("NOOP\n", "! expected the end of the line"),
            row("NOOP\rNOOP\r\n", "! a line ends with CR LF"),
            row("GETSCRIPT (a)\r\n", "! expected a string"),
            row("GETSCRIPT '123456789012345678901'\r\n", "! quoted string too long: send a literal"),
            row("GETSCRIPT '\u0000'\r\n", "! a quoted string ends on its line and has no NUL"),
            row("GETSCRIPT 'a\r\n", "! a quoted string ends on its line and has no NUL"),
            row("GETSCRIPT 'a\\n'\r\n", "! a backslash stands before a quote or a backslash only"),
            row("GETSCRIPT {21+}\r\n123456789012345678901\r\n", "! string too long"),
            row("GETSCRIPT {1+} \r\n", "! expected the end of the line behind {size+}"),
            row("GETSCRIPT {-1+}\r\n", "! expected a number"),
            row("GETSCRIPT {2}\r\n", "! a literal begins with {size+}"),
            row("GETSCRIPT {301+}\r\n", "!! too much data behind an error"),
            row("GETSCRIPT {4294967296+}\r\n", "!! too much data behind an error"),
            row("GETSCRIPT {99999999999999999999999+}\r\n", "!! too much data behind an error"),
            row(
                    "PUTSCRIPT 'a'                                                                                                                                                                                                                                                           'keep;'\r\n",
                    "! expected a string"));

    @Test
    void linesAndWhatTheyMean() throws IOException {
        for (Row row : ROWS) {
            byte[] input = (row.line + "LISTSCRIPTS\r\n").getBytes(StandardCharsets.UTF_8);
            assertThat(read(ByteInput.of(input))).as(row.line).isEqualTo(row.meaning);
            assertThat(read(TornInput.every(1, input))).as(row.line).isEqualTo(row.meaning);
        }
    }

    @Test
    void aLineThatNeverEndsIsNotKept() throws IOException {
        String line = "GETSCRIPT " + " ".repeat(1000);
        CommandReader reader = new CommandReader(ByteInput.of(line.getBytes(StandardCharsets.UTF_8)), LIMITS);
        assertThat(reader.read()).isInstanceOf(Command.Hopeless.class);
    }

    @Test
    void theEndOfTheInputIsNoCommand() {
        for (String cut : new String[] {"", "NOO", "NOOP\r", "PUTSCRIPT \"a\" {5+}\r\nke", "FOO {5+}\r\nke"}) {
            CommandReader reader = new CommandReader(ByteInput.of(cut.getBytes(StandardCharsets.UTF_8)), LIMITS);
            assertThatThrownBy(reader::read).as(cut).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void answersToChallenges() throws IOException {
        String lines = "\"YQ==\"\r\n{4+}\r\nYg==\r\n\"*\"\r\n{1+}\r\n*\r\nYQ==\r\n\"\" x\r\n\"\"\r\n";
        CommandReader reader = new CommandReader(ByteInput.of(lines.getBytes(StandardCharsets.UTF_8)), LIMITS);
        assertThat(((AuthLine.Response) reader.readAuthLine()).base64())
                .asString()
                .isEqualTo("YQ==");
        assertThat(((AuthLine.Response) reader.readAuthLine()).base64())
                .asString()
                .isEqualTo("Yg==");
        assertThat(reader.readAuthLine()).isInstanceOf(AuthLine.Cancelled.class);
        assertThat(reader.readAuthLine()).isInstanceOf(AuthLine.Cancelled.class);
        assertThat(reader.readAuthLine()).isEqualTo(new AuthLine.Malformed("expected a string"));
        assertThat(reader.readAuthLine()).isEqualTo(new AuthLine.Malformed("expected the end of the line"));
        assertThat(((AuthLine.Response) reader.readAuthLine()).base64()).isEmpty();
    }

    @Test
    void toStringNeverShowsASecret() {
        assertThat(new Command.Authenticate("PLAIN", Optional.of(new byte[] {65})))
                .hasToString("Authenticate[PLAIN]");
        assertThat(new AuthLine.Response(new byte[] {65})).hasToString("Response[1 bytes]");
    }
}
