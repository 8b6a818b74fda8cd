package palomar.imap.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static palomar.imap.proto.Commands.bytes;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import palomar.mail.Flags;
import palomar.mail.SystemFlags;
import palomar.testkit.TornInput;

/// APPEND with one message and many, and handlers that stop in the middle. RFC 9051 6.3.12, RFC 3502
class AppendTest {
    private static final Command NEXT = new Command.Noop(new Tag("z"));
    private static final Limits LIMITS = Limits.AFTER_LOGIN.withMessage(100);

    private int continuations;
    private CommandReader reader = reader("");

    private CommandReader reader(String input) {
        return new CommandReader(TornInput.every(3, bytes(input)), () -> continuations++, LIMITS);
    }

    private AppendMessages append(String arguments) throws IOException {
        reader = reader("a APPEND " + arguments + "\r\nz NOOP\r\n");
        return ((Command.Append) reader.read()).messages();
    }

    private static String content(AppendMessages.Step step) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ((AppendMessages.Message) step).body().transferTo(out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private void nextIsInStep() throws IOException {
        assertThat(reader.read()).isEqualTo(NEXT);
    }

    @Test
    void oneMessageWithFlagsAndDate() throws IOException {
        AppendMessages messages = append("x (\\Seen \\Recent $Junk) \" 5-May-2024 10:00:00 +0200\" {5}\r\nab\r\ncd");
        assertThat(continuations).isZero();
        AppendMessages.Message message = (AppendMessages.Message) messages.next();
        assertThat(message.flags()).isEqualTo(Flags.of(SystemFlags.SEEN, "$Junk"));
        assertThat(message.date()).isEqualTo(Optional.of(Instant.parse("2024-05-05T08:00:00Z")));
        assertThat(message.body().size()).isEqualTo(5);
        assertThat(message.body().isBinary()).isFalse();
        assertThat(continuations).as("asked only when it is read").isZero();
        assertThat(content(message)).isEqualTo("ab\r\nc");
        assertThat(continuations).isEqualTo(1);
        // The last byte of the content above stands after the literal: not the grammar.
        assertThat(messages.next()).isInstanceOf(AppendMessages.Malformed.class);
        nextIsInStep();
    }

    @Test
    void manyMessages() throws IOException {
        AppendMessages messages = append("x {1+}\r\na (\\Deleted) {2+}\r\nbc () {0+}\r\n ~{3+}\r\n\0\r\n");
        assertThat(content(messages.next())).isEqualTo("a");
        AppendMessages.Step second = messages.next();
        assertThat(((AppendMessages.Message) second).flags().system()).isEqualTo(SystemFlags.DELETED);
        assertThat(content(second)).isEqualTo("bc");
        assertThat(content(messages.next())).isEmpty();
        AppendMessages.Step binary = messages.next();
        assertThat(((AppendMessages.Message) binary).body().isBinary()).isTrue();
        assertThat(content(binary)).isEqualTo("\0\r\n");
        assertThat(messages.next()).isEqualTo(new AppendMessages.End());
        assertThatThrownBy(messages::next).isInstanceOf(IllegalStateException.class);
        assertThat(continuations).isZero();
        nextIsInStep();
    }

    @Test
    void aThousandMessagesDoNotMeetTheLineLimit() throws IOException {
        AppendMessages messages =
                append("x" + " (\\Seen \\Flagged \\Draft \\Answered $Forwarded) {1+}\r\na".repeat(2_000));
        for (int i = 0; i < 2_000; i++) {
            assertThat(content(messages.next())).isEqualTo("a");
        }
        assertThat(messages.next()).isEqualTo(new AppendMessages.End());
        nextIsInStep();
    }

    @Test
    void aHandlerMayStopAnywhere() throws IOException {
        String two = "x {5+}\r\na\r\nbc (\\Seen) {6+}\r\n{1+}\r\n";
        append(two);
        nextIsInStep();
        append(two).next();
        nextIsInStep();
        content(append(two).next());
        nextIsInStep();
        AppendMessages messages = append(two);
        content(messages.next());
        messages.next();
        nextIsInStep();
        messages = append(two);
        content(messages.next());
        content(messages.next());
        nextIsInStep();
    }

    @Test
    void aCatenationIsPulledPartByPart() throws IOException {
        AppendMessages messages =
                append("x (\\Seen) CATENATE (URL /a TEXT {2}\r\nbc url {2+}\r\nxy" + " utf8 (~{1+}\r\n\0)) {1+}\r\nz");
        AppendMessages.Catenation catenation = (AppendMessages.Catenation) messages.next();
        assertThat(catenation.flags()).isEqualTo(Flags.of(SystemFlags.SEEN));
        assertThatThrownBy(messages::next).isInstanceOf(IllegalStateException.class);
        AppendMessages.Parts parts = catenation.parts();
        assertThat(parts.next()).isEqualTo(new AppendMessages.Url("/a"));
        AppendMessages.Text text = (AppendMessages.Text) parts.next();
        assertThat(continuations).isZero();
        assertThatThrownBy(parts::next).isInstanceOf(IllegalStateException.class);
        text.text().transferTo(OutputStream.nullOutputStream());
        assertThat(continuations).isEqualTo(1);
        assertThat(parts.next()).isEqualTo(new AppendMessages.Url("xy"));
        ((AppendMessages.Text) parts.next()).text().transferTo(OutputStream.nullOutputStream());
        assertThat(parts.next()).isEqualTo(new AppendMessages.Done());
        assertThatThrownBy(parts::next).isInstanceOf(IllegalStateException.class);
        assertThat(content(messages.next())).isEqualTo("z");
        assertThat(messages.next()).isEqualTo(new AppendMessages.End());
        nextIsInStep();
    }

    @Test
    void aCatenationMayBeLeftAnywhere() throws IOException {
        String arguments = "x CATENATE (TEXT {5+}\r\na\r\nb) URL /a TEXT {6+}\r\n{1+}\r\n URL {3+}\r\n)\r\n)";
        for (int wanted = 0; wanted < 6; wanted++) {
            AppendMessages.Parts parts =
                    ((AppendMessages.Catenation) append(arguments).next()).parts();
            for (int i = 0; i < wanted; i++) {
                AppendMessages.Part part = parts.next();
                if (part instanceof AppendMessages.Text(IncomingLiteral text) && i + 1 < wanted) {
                    text.transferTo(OutputStream.nullOutputStream());
                }
            }
            nextIsInStep();
        }
        assertThat(continuations).isZero();
    }

    @Test
    void aLongCatenationDoesNotMeetTheLineLimit() throws IOException {
        String parts5000 = " URL /INBOX/;UID=1 TEXT {1+}\r\na".repeat(5_000);
        AppendMessages messages = append("x CATENATE (TEXT {1+}\r\na" + parts5000 + ")");
        AppendMessages.Parts parts = ((AppendMessages.Catenation) messages.next()).parts();
        int texts = 0;
        AppendMessages.Part part = parts.next();
        for (; !(part instanceof AppendMessages.Done); part = parts.next()) {
            if (part instanceof AppendMessages.Text(IncomingLiteral text)) {
                text.transferTo(OutputStream.nullOutputStream());
                texts++;
            }
        }
        assertThat(texts).isEqualTo(5_001);
        assertThat(messages.next()).isEqualTo(new AppendMessages.End());
        nextIsInStep();
    }

    @Test
    void aSynchronisingLiteralThatWasNotAskedForEndsTheCommand() throws IOException {
        append("x {5}").next();
        nextIsInStep();
        append("x {5}");
        nextIsInStep();
        AppendMessages messages = append("x {2}\r\nab {5}");
        content(messages.next());
        messages.next();
        nextIsInStep();
        assertThat(continuations).isEqualTo(1);
    }

    @Test
    void aTargetThatFailsLeavesTheDialogueInStep() throws IOException {
        for (String announced : new String[] {"{9}", "{9+}"}) {
            AppendMessages messages = append("x " + announced + "\r\na NOOP\r\nb {3+}\r\n\r\n)");
            AppendMessages.Message message = (AppendMessages.Message) messages.next();
            OutputStream full = new OutputStream() {
                private int taken;

                @Override
                public void write(int b) throws IOException {
                    if (++taken > 4) {
                        throw new IOException("disk full");
                    }
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    if (taken + length > 4) {
                        throw new IOException("disk full");
                    }
                    taken += length;
                }
            };
            assertThatThrownBy(() -> message.body().transferTo(full)).hasMessage("disk full");
            nextIsInStep();
        }
    }

    @Test
    void aMessageIsReadOnceAndBeforeTheNext() throws IOException {
        AppendMessages messages = append("x {1+}\r\na {1+}\r\nb");
        AppendMessages.Message message = (AppendMessages.Message) messages.next();
        assertThatThrownBy(messages::next).isInstanceOf(IllegalStateException.class);
        assertThat(content(message)).isEqualTo("a");
        assertThatThrownBy(() -> message.body().transferTo(OutputStream.nullOutputStream()))
                .isInstanceOf(IllegalStateException.class);
        nextIsInStep();
    }

    @Test
    void tooLargeMessagesAreRefusedBeforeTheyAreSent() throws IOException {
        assertThat(append("x {101}").next()).isEqualTo(new AppendMessages.TooBig(101, 100));
        nextIsInStep();
        assertThat(continuations).isZero();
        assertThat(append("x {101+}\r\n" + "a".repeat(101) + " {1+}\r\nx").next())
                .isEqualTo(new AppendMessages.TooBig(101, 100));
        nextIsInStep();
    }

    @Test
    void literalMinusHoldsForMessages() throws IOException {
        byte[] input = bytes("a APPEND x {4097+}\r\n" + "a".repeat(4097) + "\r\nz NOOP\r\n");
        reader = new CommandReader(TornInput.every(100, input), () -> {}, Limits.AFTER_LOGIN.withLiteralMinus());
        assertThat(((Command.Append) reader.read()).messages().next())
                .isEqualTo(new AppendMessages.TooBigUnasked(4097, 4096));
        nextIsInStep();
    }

    @Test
    void hopelesslyLargeMessagesEndTheConnection() throws IOException {
        reader = reader("a APPEND x {999999999999+}\r\nabc");
        AppendMessages messages = ((Command.Append) reader.read()).messages();
        assertThat(messages.next()).isEqualTo(new AppendMessages.TooBig(999_999_999_999L, 100));
        assertThat(reader.read()).isInstanceOf(Command.Overrun.class);
    }

    @Test
    void wrongGrammarIsSaid() throws IOException {
        record Wrong(String arguments, String why) {}
        for (Wrong wrong : new Wrong[] {
            new Wrong("x y", "unknown data Y in APPEND"),
            new Wrong("x 1", "expected a literal in APPEND, not '1'"),
            new Wrong("x UTF8 ~{1+}\r\na", "expected a literal in parentheses in APPEND, not '~'"),
            new Wrong("x UTF8 (1)", "expected a literal in APPEND, not '1'"),
            new Wrong("x CATENATE", "expected a space and parts in parentheses in APPEND, not the end of the line"),
            new Wrong("x CATENATE TEXT", "expected parts in parentheses in APPEND, not 'T'"),
            new Wrong("x (\\Foo) {1+}\r\na", "unknown flag \\FOO in APPEND"),
            new Wrong("x (\\Seen {1+}\r\na", "expected a flag in APPEND, not '{'"),
            new Wrong("x \"yesterday\" {1+}\r\na", "not a date and time as \"17-Jul-1996 02:44:25 -0700\" in APPEND"),
            new Wrong("x ()", "expected a space and a message literal in APPEND, not the end of the line"),
            new Wrong("x ~x", "expected a literal in APPEND, not 'x'"),
            new Wrong("x {1", "expected the closing brace of a literal in APPEND, not the end of the line"),
        }) {
            assertThat(append(wrong.arguments()).next()).isEqualTo(new AppendMessages.Malformed(wrong.why()));
            nextIsInStep();
        }
    }

    @Test
    void theEndOfTheInputIsAnEofException() throws IOException {
        reader = reader("a APPEND x {5}\r\nab");
        AppendMessages.Message message = (AppendMessages.Message)
                ((Command.Append) reader.read()).messages().next();
        assertThatThrownBy(() -> message.body().transferTo(OutputStream.nullOutputStream()))
                .isInstanceOf(EOFException.class);
    }
}
