package palomar.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A message as the server has it: flags without \Recent, and its bytes as Latin-1, so that they compare.
record Stored(Set<String> flags, String text) {
    /// All messages of a mailbox, in its order.
    static List<Stored> in(Palomar palomar, String user, String mailbox) throws IOException {
        return in(palomar.imap(), user, mailbox);
    }

    /// As the server on that port of the loopback has it; none in a mailbox that is not there.
    static List<Stored> in(int port, String user, String mailbox) throws IOException {
        try (ImapWire imap = ImapWire.login(port, user)) {
            if (!imap.command("EXAMINE \"" + mailbox + "\"").getLast().text().contains(" OK ")) {
                return List.of();
            }
            List<Stored> found = new ArrayList<>();
            for (ImapWire.Line line : imap.ok("UID FETCH 1:* (FLAGS BODY.PEEK[])")) {
                if (!line.literals().isEmpty()) {
                    found.add(of(line));
                }
            }
            return found;
        }
    }

    private static Stored of(ImapWire.Line line) {
        String text = line.text();
        int from = text.indexOf("FLAGS (") + "FLAGS (".length();
        Set<String> flags = new TreeSet<>(
                Arrays.asList(text.substring(from, text.indexOf(')', from)).split(" ")));
        flags.removeAll(Set.of("", "\\Recent"));
        return new Stored(flags, latin1(line.literals().getFirst()));
    }

    /// What a message should be.
    static Stored of(String text, String... flags) {
        return new Stored(new TreeSet<>(List.of(flags)), text);
    }

    static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
