package palomar.fuzz;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import palomar.bytes.ByteInput;
import palomar.bytes.MemoryOutput;
import palomar.managesieve.proto.AuthLine;
import palomar.managesieve.proto.Command;
import palomar.managesieve.proto.CommandReader;
import palomar.managesieve.proto.Limits;
import palomar.managesieve.proto.ResponseCode;
import palomar.managesieve.proto.ResponseWriter;
import palomar.testkit.TornInput;

/// Whatever a client sends, the reader answers with values, the same however the bytes come in; no limit is
/// passed; what goes back to the client ends where its responses do.
public final class ManageSieveFuzz {
    private static final Limits LIMITS = new Limits(400, 64, 100, 200, 2000);

    private ManageSieveFuzz() {}

    /// Worth mutating, beside what the transcripts' clients say.
    static final List<String> SEEDS = List.of(
            "AUTHENTICATE \"PLAIN\" {16+}\r\nAGFubmEAc2VjcmV0\r\nNOOP {3+}\r\na\"b\r\nLOGOUT\r\n",
            "AUTHENTICATE \"PLAIN\"\r\n{16+}\r\nAGFubmEAc2VjcmV0\r\nAUTHENTICATE \"LOGIN\"\r\n\"*\"\r\n",
            "PUTSCRIPT \"a\\\"\\\\b\" {7+}\r\nkeep;\r\n\r\nHAVESPACE {2+}\r\na/ 4294967295\r\nXYZZY {9+}\r\nLOGOUT\r\n {2+}\r\n\r\n\r\n",
            "RENAMESCRIPT \"\u00fc\" {1+}\r\nx\r\nCHECKSCRIPT {300+}\r\nSETACTIVE \"\"\r\nGETSCRIPT {9999999999+}\r\n");

    public static void fuzz(byte[] input) {
        try {
            String whole = dialogue(ByteInput.of(input));
            String torn = dialogue(TornInput.every(3, input));
            if (!whole.equals(torn)) {
                throw new AssertionError("another reading when torn: " + whole + " / " + torn);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String dialogue(ByteInput in) throws IOException {
        StringBuilder said = new StringBuilder();
        CommandReader reader = new CommandReader(in, LIMITS);
        try {
            while (true) {
                Command command = reader.read();
                said.append(command).append('\n');
                look(command, said);
                if (command instanceof Command.Hopeless) {
                    return said.toString();
                }
                if (command instanceof Command.Authenticate(String mechanism, var initial) && initial.isEmpty()) {
                    AuthLine line = reader.readAuthLine();
                    said.append(mechanism).append(line).append('\n');
                }
            }
        } catch (EOFException end) {
            return said.append("end").toString();
        }
    }

    private static void look(Command command, StringBuilder said) throws IOException {
        switch (command) {
            case Command.PutScript(String name, byte[] content) -> {
                within(name.getBytes(StandardCharsets.UTF_8), LIMITS.text());
                within(content, LIMITS.script());
                said.append(Arrays.hashCode(content));
            }
            case Command.CheckScript(byte[] content) -> within(content, LIMITS.script());
            case Command.Noop(var tag) -> {
                if (tag.isPresent()) {
                    within(tag.get(), LIMITS.text());
                    comesBack(tag.get());
                }
            }
            case Command.Malformed(String why) -> clean(why);
            case Command.Hopeless(String why) -> clean(why);
            case Command.Authenticate(String mechanism, var initial) ->
                initial.ifPresent(base64 -> within(base64, LIMITS.response()));
            case Command.HaveSpace _,
                    Command.SetActive _,
                    Command.GetScript _,
                    Command.DeleteScript _,
                    Command.RenameScript _,
                    Command.TooBig _,
                    Command.StartTls _,
                    Command.Logout _,
                    Command.Capability _,
                    Command.ListScripts _,
                    Command.Unauthenticate _,
                    Command.Unknown _ -> {}
        }
    }

    private static void within(byte[] bytes, int most) {
        if (bytes.length > most) {
            throw new AssertionError(bytes.length + " bytes where " + most + " are the limit");
        }
    }

    private static void clean(String text) {
        if (text.chars().anyMatch(c -> c < ' ' || c > 0x7e)) {
            throw new AssertionError("not fit for a line: " + text);
        }
    }

    /// A server's string is read by the same grammar, but for the `+` of literals.
    private static void comesBack(byte[] tag) throws IOException {
        MemoryOutput out = new MemoryOutput();
        ResponseWriter writer = new ResponseWriter(out);
        writer.ok(new ResponseCode.Tag(tag), "");
        writer.flush();
        byte[] written = out.toByteArray();
        String response = new String(written, StandardCharsets.ISO_8859_1);
        int end = response.lastIndexOf(")\r\n");
        String string = response.substring("OK (TAG ".length(), end);
        String asSent = string.startsWith("{") ? string.replaceFirst("}", "+}") : string;
        byte[] again = ("NOOP " + asSent + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        Command read = new CommandReader(ByteInput.of(again), LIMITS).read();
        if (!(read instanceof Command.Noop(var same)) || same.isEmpty() || !Arrays.equals(same.get(), tag)) {
            throw new AssertionError("another tag came back: " + response);
        }
    }
}
