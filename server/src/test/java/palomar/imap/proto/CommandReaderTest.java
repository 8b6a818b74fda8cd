package palomar.imap.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static palomar.imap.proto.Commands.bytes;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import palomar.bytes.ByteInput;
import palomar.testkit.TornInput;

/// What each command may look like, and what it must not. RFC 9051 6 and 9
class CommandReaderTest {
    private static final Tag A = new Tag("a");
    private static final Command NEXT = new Command.Noop(new Tag("z"));

    private int continuations;

    private CommandReader reader(ByteInput input, Limits limits) {
        return new CommandReader(input, () -> continuations++, limits);
    }

    private CommandReader reader(String input) {
        return reader(ByteInput.of(bytes(input)), Limits.AFTER_LOGIN);
    }

    private Command read(String line) throws IOException {
        return reader(line + "\r\n").read();
    }

    static List<Commands.Row> good() {
        return Commands.good();
    }

    static List<Commands.Row> bad() {
        return Commands.bad();
    }

    @ParameterizedTest
    @MethodSource("good")
    void goodLinesAreReadAsWhatTheyMean(Commands.Row row) throws IOException {
        CommandReader reader = reader(row.line() + "\r\nz NOOP\r\n");
        assertThat(reader.read().toString()).isEqualTo(row.meaning());
        assertThat(reader.read()).isEqualTo(NEXT);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void badLinesSayWhatWasExpected(Commands.Row row) throws IOException {
        CommandReader reader = reader(row.line() + "\r\nz NOOP\r\n");
        assertThat(reader.read()).isEqualTo(new Command.Malformed(A, row.meaning()));
        assertThat(reader.read()).isEqualTo(NEXT);
    }

    @Test
    void tornAtEachByteMeansTheSame() throws IOException {
        for (Commands.Row row : good()) {
            byte[] all = bytes(row.line() + "\r\nz NOOP\r\n");
            for (int cut = 1; cut < all.length; cut++) {
                CommandReader reader = reader(TornInput.at(all, cut), Limits.AFTER_LOGIN);
                assertThat(reader.read().toString())
                        .as("%s torn at %d", row, cut)
                        .isEqualTo(row.meaning());
                assertThat(reader.read()).isEqualTo(NEXT);
            }
        }
    }

    @Test
    void byteByByteMeansTheSame() throws IOException {
        for (Commands.Row row : bad()) {
            CommandReader reader = reader(TornInput.every(1, bytes(row.line() + "\r\nz NOOP\r\n")), Limits.AFTER_LOGIN);
            assertThat(reader.read()).isEqualTo(new Command.Malformed(A, row.meaning()));
            assertThat(reader.read()).isEqualTo(NEXT);
        }
    }

    @Test
    void theEndOfTheInputIsAnEofException() {
        for (String torn : List.of("", "a", "a NOO", "a NOOP", "a NOOP\r", "a LOGIN {3}\r\nab", "a LOGIN \"x", "a (")) {
            CommandReader reader = reader(torn);
            assertThatThrownBy(reader::read).as(torn).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void unreadableTagsAreNotEchoed() throws IOException {
        for (String line :
                List.of("* NOOP", "+ NOOP", "(a NOOP", "a+b NOOP", "a\u00e9 NOOP", "\0 NOOP", " NOOP", "%")) {
            CommandReader reader = reader(line + "\r\nz NOOP\r\n");
            Command command = reader.read();
            assertThat(command).as(line).isInstanceOf(Command.Malformed.class);
            assertThat(command.tag()).as(line).isEqualTo(Tag.NONE);
            assertThat(reader.read()).isEqualTo(NEXT);
        }
        assertThat(read("a")).isInstanceOf(Command.Malformed.class);
        assertThat(read("a").tag()).isEqualTo(A);
        assertThat(read("a ").tag()).isEqualTo(A);
        assertThat(read("a".repeat(257) + " NOOP").tag()).isEqualTo(Tag.NONE);
    }

    @Test
    void unknownCommandsAreNamedAndSkippedWithTheirLiterals() throws IOException {
        CommandReader reader =
                reader("a frob x {3+}\r\n\r\nb (y {1+}\r\n)\r\na UID FROB 1\r\na X-FOO\r\na NOOP[\r\nz NOOP\r\n");
        assertThat(reader.read()).isEqualTo(new Command.Unknown(A, "FROB"));
        assertThat(reader.read()).isEqualTo(new Command.Unknown(A, "UID FROB"));
        assertThat(reader.read()).isEqualTo(new Command.Unknown(A, "X-FOO"));
        assertThat(reader.read()).isEqualTo(new Command.Unknown(A, "NOOP"));
        assertThat(reader.read()).isEqualTo(NEXT);
        assertThat(read("a " + "X".repeat(100))).isEqualTo(new Command.Unknown(A, "X".repeat(32)));
    }

    @Test
    void lineFeedAloneAndEmptyLinesAreTolerated() throws IOException {
        CommandReader reader = reader("\r\n\na NOOP\nz NOOP\r\n");
        assertThat(reader.read()).isEqualTo(new Command.Noop(A));
        assertThat(reader.read()).isEqualTo(NEXT);
        CommandReader flooded = reader("\r\n".repeat(9) + "z NOOP\r\n");
        assertThat(flooded.read()).isInstanceOf(Command.Malformed.class);
        assertThat(flooded.read()).isEqualTo(NEXT);
    }

    @Test
    void secretsAreReadAndDoNotShow() throws IOException {
        Command.Login login = (Command.Login) read("a LOGIN \"fr\\\\ed\" {6+}\r\n\"geh\"\\");
        assertThat(login).isEqualTo(new Command.Login(A, "fr\\ed", "\"geh\"\\"));
        assertThat(login.toString()).doesNotContain("geh");
        assertThat(((Command.Login) read("a LOGIN x NIL")).password()).isEqualTo("NIL");
        Command.Authenticate plain = (Command.Authenticate) read("a AUTHENTICATE PLAIN AGEAYg==");
        assertThat(plain.initialResponse())
                .hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(0, 'a', 0, 'b'));
        assertThat(((Command.Authenticate) read("a AUTHENTICATE EXTERNAL =")).initialResponse())
                .hasValueSatisfying(bytes -> assertThat(bytes).isEmpty());
        assertThat(((Command.Authenticate) read("a AUTHENTICATE PLAIN")).initialResponse())
                .isEmpty();
        assertThat(reader(
                                ByteInput.of("a LOGIN \"\u00e9\" x\r\n"
                                        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)),
                                Limits.AFTER_LOGIN)
                        .read())
                .isEqualTo(new Command.Malformed(A, "a user name that is not UTF-8 in LOGIN"));
    }

    @Test
    void utf8ModeTakesNamesAsTheyAre() throws IOException {
        CommandReader reader =
                reader("a DELETE R&D\r\na DELETE \"Entw\u00fcrfe\"\r\na DELETE &AOk-\r\na LIST \"\" \u00fc*\r\n");
        reader.utf8(true);
        assertThat(reader.read()).isEqualTo(new Command.Delete(A, "R&D"));
        assertThat(reader.read()).isEqualTo(new Command.Delete(A, "Entw\u00fcrfe"));
        assertThat(reader.read()).isEqualTo(new Command.Delete(A, "&AOk-"));
        assertThat(reader.read()).isEqualTo(new Command.ListMailboxes(A, "", List.of("\u00fc*"), ListOptions.PLAIN));
    }

    @Test
    void synchronisingLiteralsAreAskedForOneByOne() throws IOException {
        assertThat(read("a RENAME {1}\r\nx {1}\r\ny")).isEqualTo(new Command.Rename(A, "x", "y"));
        assertThat(continuations).isEqualTo(2);
        read("a RENAME {1+}\r\nx {1+}\r\ny");
        assertThat(continuations).isEqualTo(2);
        read("a RENAME (x {1}\r\nx NOOP");
        assertThat(continuations).as("nothing is asked for after an error").isEqualTo(2);
    }

    @Test
    void tooLongLiteralsAreRefusedBeforeTheyAreSent() throws IOException {
        CommandReader reader = reader(ByteInput.of(bytes("a LOGIN {8193}\r\nz NOOP\r\n")), Limits.BEFORE_LOGIN);
        assertThat(reader.read())
                .isInstanceOfSatisfying(
                        Command.Malformed.class,
                        c -> assertThat(c.why()).isEqualTo("literal of 8193 bytes is too long here, at most 8177"));
        assertThat(reader.read()).isEqualTo(NEXT);
        assertThat(continuations).isZero();
    }

    @Test
    void tooLongUnaskedLiteralsAreSkippedUpToABound() throws IOException {
        String small = "a LOGIN {8190+}\r\n" + "x".repeat(8190) + " {2+}\r\n\r\n\r\nz NOOP\r\n";
        CommandReader reader = reader(ByteInput.of(bytes(small)), Limits.BEFORE_LOGIN);
        assertThat(reader.read()).isInstanceOf(Command.Malformed.class);
        assertThat(reader.read()).isEqualTo(NEXT);
        for (String large : List.of("70000", "9223372036854775807", "9223372036854775808", "1".repeat(40))) {
            CommandReader hopeless =
                    reader(ByteInput.of(bytes("a LOGIN {" + large + "+}\r\nz NOOP\r\n")), Limits.BEFORE_LOGIN);
            assertThat(hopeless.read()).as(large).isInstanceOf(Command.Overrun.class);
        }
    }

    @Test
    void literalMinusAllowsSmallUnaskedLiteralsOnly() throws IOException {
        Limits limits = Limits.AFTER_LOGIN.withLiteralMinus();
        String input = "a DELETE {4096+}\r\n" + "x".repeat(4096) + "\r\na DELETE {4097+}\r\n" + "x".repeat(4097)
                + "\r\na DELETE {4097}\r\n" + "x".repeat(4097) + "\r\nz NOOP\r\n";
        CommandReader reader = reader(ByteInput.of(bytes(input)), limits);
        assertThat(reader.read()).isInstanceOf(Command.Delete.class);
        assertThat(reader.read())
                .isEqualTo(new Command.Malformed(A, "non-synchronizing literal is longer than 4096 bytes"));
        assertThat(reader.read()).isInstanceOf(Command.Delete.class);
        assertThat(reader.read()).isEqualTo(NEXT);
    }

    @Test
    void tooLongLinesAreSkippedUpToABound() throws IOException {
        String line = "a LOGIN " + "x".repeat(8193 - 8) + "\r\nz NOOP\r\n";
        CommandReader reader = reader(ByteInput.of(bytes(line)), Limits.BEFORE_LOGIN);
        assertThat(reader.read()).isEqualTo(new Command.Malformed(A, "command is longer than 8192 bytes"));
        assertThat(reader.read()).isEqualTo(NEXT);
        CommandReader endless = reader(ByteInput.of(bytes("a LOGIN " + "x".repeat(100_000))), Limits.BEFORE_LOGIN);
        assertThat(endless.read()).isInstanceOf(Command.Overrun.class);
    }

    @Test
    void nestingAndKeysAreBounded() throws IOException {
        assertThat(read("a SEARCH " + "(".repeat(100) + "ALL" + ")".repeat(100)))
                .isEqualTo(new Command.Search(A, Command.Numbering.SEQ, SearchReturns.NONE, new SearchKey.All()));
        String why = "search keys nested deeper than 100 in SEARCH";
        assertThat(read("a SEARCH " + "(".repeat(101) + "ALL")).isEqualTo(new Command.Malformed(A, why));
        assertThat(read("a SEARCH " + "(".repeat(60_000))).isEqualTo(new Command.Malformed(A, why));
        assertThat(read("a SEARCH " + "NOT ".repeat(10_000) + "ALL")).isEqualTo(new Command.Malformed(A, why));
        assertThat(read("a SEARCH " + "OR ALL ".repeat(9_000) + "ALL")).isEqualTo(new Command.Malformed(A, why));
        assertThat(read("a SEARCH" + " ALL".repeat(10_000))).isInstanceOf(Command.Search.class);
        assertThat(read("a SEARCH" + " ALL".repeat(10_001))).isInstanceOf(Command.Malformed.class);
        assertThat(read("a FETCH 1 BODY[" + "1.".repeat(99) + "1]")).isInstanceOf(Command.Fetch.class);
        assertThat(read("a FETCH 1 BODY[" + "1.".repeat(100) + "1]")).isInstanceOf(Command.Malformed.class);
    }

    @Test
    void aHundredThousandRangesAreASet() throws IOException {
        StringBuilder set = new StringBuilder();
        for (long uid = 200_000; uid > 0; uid -= 2) {
            set.append(uid).append(uid == 2 ? "" : ",");
        }
        Limits wide = new Limits(2 << 20, 2 << 20, 0, 0, 0, 10, 10);
        Command command = reader(ByteInput.of(bytes("a UID FETCH " + set + " FLAGS\r\n")), wide)
                .read();
        Command.Fetch fetch = (Command.Fetch) command;
        assertThat(((NumberSet.Uids) fetch.targets()).resolve(7).size()).isEqualTo(100_000);
        assertThat(((NumberSet.Uids) fetch.targets()).resolve(7).runs()).isEqualTo(100_000);
    }

    @Test
    void whatMayReportExpungeAndWhatNeedsNumbersFollowsTheRfc() throws IOException {
        record Facts(String line, boolean numbers, boolean expunge) {}
        for (Facts facts : List.of(
                new Facts("FETCH 1 FLAGS", true, false),
                new Facts("FETCH $ FLAGS", true, false),
                new Facts("UID FETCH 1 FLAGS", false, true),
                new Facts("STORE 1 FLAGS ()", true, false),
                new Facts("UID STORE 1 FLAGS ()", false, true),
                new Facts("SEARCH ALL", true, false),
                new Facts("UID SEARCH ALL", false, true),
                new Facts("UID SEARCH NOT (OR 1:* SEEN)", true, true),
                new Facts("UID SEARCH $", false, true),
                new Facts("SORT (DATE) UTF-8 ALL", true, false),
                new Facts("UID SORT (DATE) UTF-8 ALL", false, true),
                new Facts("UID SORT (DATE) UTF-8 1:4", true, true),
                new Facts("THREAD REFS UTF-8 ALL", true, false),
                new Facts("UID THREAD REFS UTF-8 ALL", false, true),
                new Facts("CONVERT 1 (NIL) BINARY[1]", true, false),
                new Facts("UID CONVERT 1 (NIL) BINARY[1]", false, true),
                new Facts("CONVERSIONS \"*\" \"*\"", false, true),
                new Facts("COPY 1 x", true, true),
                new Facts("UID COPY 1 x", false, true),
                new Facts("MOVE 1 x", true, true),
                new Facts("UID MOVE 1 x", false, true),
                new Facts("EXPUNGE", false, true),
                new Facts("UID EXPUNGE 1", false, true),
                new Facts("UIDBATCHES 500", false, true),
                new Facts("NOOP", false, true),
                new Facts("IDLE", false, true),
                new Facts("CLOSE", false, false))) {
            Command command = read("a " + facts.line());
            assertThat(command.usesSeqNumbers()).as(facts.line()).isEqualTo(facts.numbers());
            assertThat(command.mayReportExpunge()).as(facts.line()).isEqualTo(facts.expunge());
        }
    }

    @Test
    void convertHasUidAndStructuresFirst() throws IOException {
        Command command = read("a UID CONVERT 1 (NIL (PIX-X 1)) (BINARY[2]<3.4> BODYPARTSTRUCTURE[2] BODY[1.MIME])");
        Section part = Section.of(Section.Kind.ALL, 2);
        assertThat(command).isInstanceOfSatisfying(ConvertCommand.class, convert -> {
            assertThat(convert.target()).isEmpty();
            assertThat(convert.parameters()).containsExactly(java.util.Map.entry("pix-x", "1"));
            assertThat(convert.items())
                    .containsExactly(
                            ConvertItem.UID,
                            new ConvertItem.StructureItem(part),
                            new ConvertItem.BinaryItem(part, java.util.Optional.of(new PartialRange(3, 4))),
                            new ConvertItem.HeaderItem(Section.of(Section.Kind.MIME, 1)));
            assertThat(convert.parts()).isEqualTo(2);
        });
        assertThat(read("a CONVERT 1 (TEXT/Plain) BINARY[1]"))
                .isInstanceOfSatisfying(
                        ConvertCommand.class,
                        convert -> assertThat(convert.target()).contains("text/plain"));
    }

    @Test
    void idleEndsWithDone() throws IOException {
        CommandReader reader = reader("done\r\nDONE\nNOOP\r\nDONE x {3+}\r\nabc\r\n\r\nDONE");
        assertThat(reader.readDone()).isEqualTo(CommandReader.IdleEnd.DONE);
        assertThat(reader.readDone()).isEqualTo(CommandReader.IdleEnd.DONE);
        assertThat(reader.readDone()).isEqualTo(CommandReader.IdleEnd.OTHER);
        assertThat(reader.readDone()).isEqualTo(CommandReader.IdleEnd.OTHER);
        assertThat(reader.readDone()).isEqualTo(CommandReader.IdleEnd.OTHER);
        assertThatThrownBy(reader::readDone).isInstanceOf(EOFException.class);
        CommandReader endless = reader(ByteInput.of(bytes("x".repeat(100_000))), Limits.BEFORE_LOGIN);
        assertThat(endless.readDone()).isEqualTo(CommandReader.IdleEnd.OVERRUN);
    }

    @Test
    void authenticationLinesAreBase64OrAStar() throws IOException {
        CommandReader reader = reader("AGEAYg==\r\n\r\n*\r\n!\r\n* x\r\nAGE AYg\r\nz NOOP\r\n");
        assertThat(reader.readAuthLine())
                .isInstanceOfSatisfying(
                        AuthLine.Response.class,
                        line -> assertThat(line.bytes()).containsExactly(0, 'a', 0, 'b'));
        assertThat(reader.readAuthLine())
                .isInstanceOfSatisfying(
                        AuthLine.Response.class,
                        line -> assertThat(line.bytes()).isEmpty());
        assertThat(reader.readAuthLine()).isEqualTo(new AuthLine.Cancelled());
        assertThat(reader.readAuthLine()).isInstanceOf(AuthLine.Malformed.class);
        assertThat(reader.readAuthLine()).isInstanceOf(AuthLine.Malformed.class);
        assertThat(reader.readAuthLine()).isInstanceOf(AuthLine.Malformed.class);
        assertThat(reader.read()).isEqualTo(NEXT);
    }
}
