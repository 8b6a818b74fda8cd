package palomar.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A dialogue between clients and server, as a mail person writes it down. The file's first line says what it
/// shows.
///
/// Before the dialogue, one a line:
/// ```
/// # RFC 9051 6.4.5: comment
/// mailbox INBOX: plain, reply (\Seen $Work), lines(100) (\Deleted)     mails of Mails by name, with flags
/// mailbox Sent:                                                        an empty mailbox
/// start: login                 how each session begins: connect | login | select NAME | examine NAME;
///                              without this line: select INBOX
/// start2: connect              the same for one session
/// enable: QRESYNC              said by each session after its login; enable2: for one
/// setting: largest 1000        see TestServer
/// ```
/// The dialogue; sessions are numbered, the first one's number is left out, all are opened before the first line:
/// ```
/// C: NOOP                      a command: the runner puts a tag before it and CRLF after it
/// S: * 3 EXISTS                exactly one untagged response, or the continuation `+ ...`
/// S: OK                        the tagged answer to the oldest unanswered command; what follows is free
/// S: NO [TRYCREATE]            the same, with its code
/// S~: * 1 FETCH ...            neighbouring lines with S~ may come in any order
/// C2: NOOP                     the second session
/// C>: DONE                     a raw line: no tag, with CRLF
/// C-: a1 NO\r\n                raw bytes: no tag, no CRLF, with \r \n \\ \xHH
/// S: !a1 BAD                   an answer with a tag the transcript chose itself
/// S: (closed)                  the server hangs up
/// C2: (hang up)                the client does
/// C: (start TLS)               the client makes the TLS handshake
/// deliver INBOX: plain         a delivery from outside, as LMTP makes it
/// ```
/// In each line `${size:plain}` is a mail's length, `${mail:plain}` its bytes, `${long:N}` N letters, `${lines:N}`
/// the body of the mail `lines(N)`; `...` in an S line stands for anything, `${=v}` for a word that later lines
/// may use as `${v}`, `${>v}` for a number larger than that. Text after a literal `{n}` continues in the next `S:`
/// lines, until the literal is complete.
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
