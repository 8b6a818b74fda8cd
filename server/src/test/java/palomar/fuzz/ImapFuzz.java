package palomar.fuzz;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import palomar.imap.proto.AppendMessages;
import palomar.imap.proto.AuthLine;
import palomar.imap.proto.Command;
import palomar.imap.proto.CommandReader;
import palomar.imap.proto.IncomingLiteral;
import palomar.imap.proto.Limits;
import palomar.testkit.TornInput;

/// Feeds any bytes to the command reader, once in one piece and once byte by byte, and requires: nothing is thrown
/// but the end of the input, each command takes something, each ends at a line end, both ways give the same
/// commands.
public final class ImapFuzz {
    private static final Limits SMALL = new Limits(2_000, 4_000, 3_000, 500, 8_000, 10, 50);

    private ImapFuzz() {}

    public static void fuzz(byte[] in) throws IOException {
        List<String> whole = run(in, TornInput.at(in));
        List<String> torn = run(in, TornInput.every(1, in));
        if (!whole.equals(torn)) {
            throw new AssertionError("torn input means something else:\n" + whole + "\n" + torn);
        }
    }

    /// What was read, in words.
    private static List<String> run(byte[] content, TornInput input) throws IOException {
        List<String> read = new ArrayList<>();
        CommandReader reader = new CommandReader(input, () -> read.add("+"), SMALL);
        reader.utf8(content.length % 2 == 0);
        int before = 0;
        try {
            for (; ; ) {
                Command command = reader.read();
                command.usesSeqNumbers();
                command.mayReportExpunge();
                if (command instanceof Command.Append append) {
                    read.add("Append " + append.mailbox());
                    append(append.messages(), content.length % 5, read);
                } else if (command instanceof Command.Replace replace) {
                    read.add("Replace " + replace.target() + " " + replace.mailbox());
                    append(replace.messages(), content.length % 5, read);
                } else {
                    read.add(command.toString());
                }
                if (command instanceof Command.Overrun) {
                    return read;
                }
                if (!(command instanceof Command.Append || command instanceof Command.Replace)) {
                    checkLineEnd(content, input.consumed());
                }
                switch (command) {
                    case Command.Idle idle -> read.add(reader.readDone().toString());
                    case Command.Authenticate authenticate -> {
                        AuthLine line = reader.readAuthLine();
                        read.add(line.toString());
                    }
                    default -> {}
                }
                if (input.consumed() <= before) {
                    throw new AssertionError("no progress at byte " + before);
                }
                before = input.consumed();
            }
        } catch (EOFException end) {
            read.add("end at " + input.consumed());
            if (input.consumed() != content.length) {
                throw new AssertionError("the end came at byte " + input.consumed() + " of " + content.length, end);
            }
            return read;
        }
    }

    private static void append(AppendMessages messages, int patience, List<String> read) throws IOException {
        for (int i = 0; i < patience; i++) {
            AppendMessages.Step step = messages.next();
            switch (step) {
                case AppendMessages.Message message -> {
                    read.add(message.flags() + " " + message.date() + " "
                            + message.body().size());
                    if (i == 3) {
                        return;
                    }
                    message.body().transferTo(OutputStream.nullOutputStream());
                }
                case AppendMessages.Catenation catenation -> {
                    read.add(catenation.flags() + " " + catenation.date() + " CATENATE");
                    if (!parts(catenation.parts(), patience, read)) {
                        return;
                    }
                }
                case AppendMessages.End end -> {
                    read.add(end.toString());
                    return;
                }
                case AppendMessages.Refusal refusal -> {
                    read.add(refusal.toString());
                    return;
                }
            }
        }
    }

    /// @return true when the catenation is complete
    private static boolean parts(AppendMessages.Parts parts, int patience, List<String> read) throws IOException {
        for (int i = 0; i < 2 * patience; i++) {
            switch (parts.next()) {
                case AppendMessages.Text(IncomingLiteral text) -> {
                    read.add("TEXT " + text.size());
                    if (i == 5) {
                        return false;
                    }
                    text.transferTo(OutputStream.nullOutputStream());
                }
                case AppendMessages.Url(String url) -> read.add("URL " + url);
                case AppendMessages.Done done -> {
                    read.add(done.toString());
                    return true;
                }
                case AppendMessages.Refusal refusal -> {
                    read.add(refusal.toString());
                    return false;
                }
            }
        }
        return false;
    }

    private static void checkLineEnd(byte[] content, int consumed) {
        if (consumed == 0 || content[consumed - 1] != '\n') {
            throw new AssertionError("a command ended at byte " + consumed + ", which is no line end");
        }
    }
}
