package palomar.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A dialogue between clients and server, as a mail person writes it down. The file's first line says what it
/// shows; docs/develop.md has the format, which this class reads.
record Transcript(Path file, Setup setup, List<Step> steps) {

    /// @param start how each session begins; key 0 is for those without a line of their own
    /// @param enable what each session enables; key 0 likewise
    record Setup(
            Map<String, List<String>> mailboxes,
            Map<Integer, String> start,
            Map<Integer, String> enable,
            List<String> settings) {}

    sealed interface Step {
        int line();

        record Send(int line, int session, Kind kind, String text) implements Step {}

        record Expect(int line, int session, boolean anyOrder, String text) implements Step {}

        record Time(int line, Instant now) implements Step {}

        record Deliver(int line, String mailbox, String mail) implements Step {}
    }

    enum Kind {
        COMMAND,
        LINE,
        BYTES
    }

    static Transcript read(Path file) throws IOException {
        Setup setup = new Setup(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
        List<Step> steps = new ArrayList<>();
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException(file + ":" + (i + 1) + ": what is this? " + line);
            }
            String key = line.substring(0, colon);
            String rest = line.startsWith(" ", colon + 1) ? line.substring(colon + 2) : line.substring(colon + 1);
            add(key, rest, i + 1, setup, steps, file);
        }
        return new Transcript(file, setup, steps);
    }

    private static void add(String key, String rest, int line, Setup setup, List<Step> steps, Path file) {
        if (key.startsWith("mailbox ")) {
            List<String> mails = new ArrayList<>();
            for (String mail : rest.split(", *")) {
                if (!mail.isBlank()) {
                    mails.add(mail.strip());
                }
            }
            setup.mailboxes.put(key.substring(8).strip(), mails);
        } else if (key.startsWith("start")) {
            setup.start.put(number(key.substring(5), 0), rest.strip());
        } else if (key.startsWith("enable")) {
            setup.enable.put(number(key.substring(6), 0), rest.strip());
        } else if (key.equals("setting")) {
            setup.settings.add(rest.strip());
        } else if (key.equals("time")) {
            steps.add(new Step.Time(line, Instant.parse(rest.strip())));
        } else if (key.startsWith("deliver ")) {
            steps.add(new Step.Deliver(line, key.substring(8).strip(), rest.strip()));
        } else if (key.startsWith("C")) {
            Kind kind = key.endsWith(">") ? Kind.LINE : key.endsWith("-") ? Kind.BYTES : Kind.COMMAND;
            String digits = kind == Kind.COMMAND ? key.substring(1) : key.substring(1, key.length() - 1);
            steps.add(new Step.Send(line, number(digits, 1), kind, rest));
        } else if (key.startsWith("S")) {
            boolean anyOrder = key.endsWith("~");
            String digits = anyOrder ? key.substring(1, key.length() - 1) : key.substring(1);
            steps.add(new Step.Expect(line, number(digits, 1), anyOrder, rest));
        } else {
            throw new IllegalArgumentException(file + ":" + line + ": what is this? " + key);
        }
    }

    private static int number(String digits, int otherwise) {
        return digits.isEmpty() ? otherwise : Integer.parseInt(digits);
    }
}
