package palomar.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import palomar.bytes.ByteInput;
import palomar.bytes.MemoryOutput;
import palomar.pop3.AsciiHeader;
import palomar.pop3.proto.MessageSender;
import palomar.pop3.proto.Pop3Command;
import palomar.pop3.proto.Pop3Reader;
import palomar.testkit.TornInput;

/// Whatever a client sends, the reader answers with values, the same however the bytes come in. Whatever a message
/// is, no reply ends within it, however it is cut; and a header for old clients is in ASCII and says the same
/// again.
public final class Pop3Fuzz {
    /// Worth mutating.
    static final List<String> SEEDS = List.of(
            "CAPA\r\nUSER anna\r\nPASS se cret\r\nLIST\r\nUIDL 2\r\nRETR 1\r\nTOP 1 0\r\nDELE 1\r\nRSET\r\nNOOP\r\nQUIT\r\n",
            "AUTH PLAIN AGFubmEAc2UgY3JldA==\r\nAUTH LOGIN\r\nYW5uYQ==\r\n*\r\nAUTH PLAIN =\r\nAUTH\r\nSTLS\r\n",
            "UTF8\r\nLANG\r\nLANG de-CH\r\nLANG *\r\nXCLIENT ADDR=IPV6:::1 PORT=110 SESSION=x LOGIN=[UNAVAILABLE]\r\n",
            "From: \"J\u00f6rg M\u00fcller\" <j\u00f6rg@b\u00fccher.example>, \u00e4 \u00f6 (\u00fc)\r\nSubject: \u65e5\u672c\r\n \u8a9e x\r\n\r\n.\r\n..a\r\nb",
            "Content-Type: text/plain; name=\"\u00fc\\\"\u00fc\"; x=\u00fc\r\n: \u00fc\r\nnocolon\u00fc\r\n\r\n.\n.\r.\n");

    private Pop3Fuzz() {}

    public static void fuzz(byte[] input) {
        try {
            String whole = dialogue(ByteInput.of(input));
            String torn = dialogue(TornInput.every(3, input));
            if (!whole.equals(torn)) {
                throw new AssertionError("another reading when torn: " + whole + " / " + torn);
            }
            header(input);
            byte[] sent = sent(input, Long.MAX_VALUE, Integer.MAX_VALUE);
            if (!Arrays.equals(sent, sent(input, Long.MAX_VALUE, 3))) {
                throw new AssertionError("another message in pieces");
            }
            sent(input, 2, 3);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String dialogue(ByteInput in) throws IOException {
        StringBuilder said = new StringBuilder();
        Pop3Reader reader = new Pop3Reader(in);
        while (true) {
            Pop3Command command = reader.next();
            said.append(command instanceof Pop3Command.Auth auth ? auth.mechanism() : command.toString())
                    .append('\n');
            switch (command) {
                case Pop3Command.EndOfInput(), Pop3Command.Hopeless() -> {
                    return said.toString();
                }
                case Pop3Command.Malformed(String why) -> clean(why);
                case Pop3Command.User(String name) -> notEmpty(name);
                case Pop3Command.Pass(byte[] password) -> said.append(Arrays.hashCode(password));
                case Pop3Command.Auth(String mechanism, var initial) -> {
                    if (initial.isEmpty() && !mechanism.isEmpty()) {
                        reader.response().ifPresent(answer -> said.append(Arrays.hashCode(answer)));
                    }
                }
                case Pop3Command.Lang(var range) -> range.ifPresent(Pop3Fuzz::clean);
                case Pop3Command.Top(int number, long lines) -> notNegative(Math.min(number, lines));
                case Pop3Command.Retr(int number) -> notNegative(number);
                case Pop3Command.Dele(int number) -> notNegative(number);
                case Pop3Command.List(var number) -> number.ifPresent(Pop3Fuzz::notNegative);
                case Pop3Command.Uidl(var number) -> number.ifPresent(Pop3Fuzz::notNegative);
                case Pop3Command.Xclient(var attributes) -> attributes.keySet().forEach(Pop3Fuzz::notEmpty);
                case Pop3Command.Capa(),
                        Pop3Command.Stls(),
                        Pop3Command.Utf8(),
                        Pop3Command.Quit(),
                        Pop3Command.Noop(),
                        Pop3Command.Stat(),
                        Pop3Command.Rset() -> {}
            }
        }
    }

    private static void clean(String text) {
        if (text.chars().anyMatch(c -> c < ' ' || c > 0x7e)) {
            throw new AssertionError("not fit for a line: " + text);
        }
    }

    private static void notEmpty(String text) {
        if (text.isEmpty()) {
            throw new AssertionError("a name without letters");
        }
    }

    private static void notNegative(long number) {
        if (number < 0) {
            throw new AssertionError(number + " is no number of a message");
        }
    }

    private static void header(byte[] input) {
        AsciiHeader.of(input).ifPresent(ascii -> {
            for (byte b : ascii) {
                if (b < 0) {
                    throw new AssertionError("beyond ASCII: " + new String(ascii, StandardCharsets.ISO_8859_1));
                }
            }
            if (AsciiHeader.of(ascii).isPresent()) {
                throw new AssertionError("an ASCII header is changed again");
            }
        });
    }

    /// The message as it is sent, which must be the message with whole lines when a client takes it apart.
    private static byte[] sent(byte[] input, long lines, int piece) throws IOException {
        MemoryOutput out = new MemoryOutput();
        MessageSender sender = new MessageSender(out, lines);
        for (int at = 0; at < input.length; at += Math.min(piece, input.length - at)) {
            sender.write(input, at, Math.min(piece, input.length - at));
        }
        sender.finish();
        out.flush();
        byte[] wire = out.toByteArray();
        byte[] expected = withCrlf(input);
        byte[] got = received(wire);
        boolean same = lines == Long.MAX_VALUE
                ? Arrays.equals(got, expected)
                : Arrays.equals(got, 0, got.length, expected, 0, Math.min(got.length, expected.length));
        if (!same) {
            throw new AssertionError("sent as " + new String(wire, StandardCharsets.ISO_8859_1));
        }
        return wire;
    }

    private static byte[] withCrlf(byte[] input) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        byte before = '\n';
        for (byte b : input) {
            if (b == '\n' && (before != '\r')) {
                lines.write('\r');
            }
            lines.write(b);
            before = b;
        }
        if (input.length > 0 && before != '\n') {
            lines.writeBytes((before == '\r' ? "\n" : "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        return lines.toByteArray();
    }

    /// As RFC 1939 3 tells a client to read it: lines end at CRLF.
    private static byte[] received(byte[] wire) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int at = 0;
        while (true) {
            int end = at;
            while (end + 1 < wire.length && !(wire[end] == '\r' && wire[end + 1] == '\n')) {
                end++;
            }
            if (end + 1 >= wire.length) {
                throw new AssertionError("no end of the reply");
            }
            if (wire[at] == '.') {
                if (end == at + 1) {
                    if (end + 2 != wire.length) {
                        throw new AssertionError("the reply ends within the message");
                    }
                    return message.toByteArray();
                }
                at++;
            }
            message.write(wire, at, end + 2 - at);
            at = end + 2;
        }
    }
}
