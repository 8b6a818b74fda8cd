package palomar.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import palomar.testkit.Transcript.Step;

/// Plays one [Transcript] against a server on loopback and stops at the first difference. One thread.
final class TranscriptRunner {
    private final Transcript transcript;
    private final TestServer server;
    private final ManualClock clock;
    private final Map<Integer, Session> sessions = new TreeMap<>();
    private final Map<String, String> words = new HashMap<>();

    /// @param clock the store's
    TranscriptRunner(Transcript transcript, TestServer server, ManualClock clock) {
        this.transcript = transcript;
        this.server = server;
        this.clock = clock;
    }

    void run() throws IOException {
        transcript.setup().mailboxes().forEach(server::fill);
        try {
            openSessions();
            List<Step> steps = transcript.steps();
            for (int i = 0; i < steps.size(); i++) {
                switch (steps.get(i)) {
                    case Step.Send send -> send(send);
                    case Step.Deliver deliver -> server.deliver(deliver.mailbox(), deliver.mail());
                    case Step.Time time -> clock.set(time.now());
                    case Step.Expect _ -> i = expect(steps, i);
                }
            }
            for (Session session : sessions.values()) {
                session.expectQuiet();
            }
        } finally {
            for (Session session : sessions.values()) {
                session.wire.close();
            }
        }
    }

    private void openSessions() throws IOException {
        TreeSet<Integer> numbers = new TreeSet<>();
        for (Step step : transcript.steps()) {
            switch (step) {
                case Step.Send send -> numbers.add(send.session());
                case Step.Expect expect -> numbers.add(expect.session());
                case Step.Deliver _, Step.Time _ -> {}
            }
        }
        for (int number : numbers) {
            Session session = new Session(number, new TranscriptWire(server.port()));
            sessions.put(number, session);
            if (server.remote()) {
                session.wire.send(TestServer.PROXY_HEADER);
            }
            session.begin(
                    own(transcript.setup().start(), number),
                    own(transcript.setup().enable(), number));
        }
    }

    private static String own(Map<Integer, String> perSession, int number) {
        return perSession.getOrDefault(number, perSession.getOrDefault(0, ""));
    }

    private void send(Step.Send send) throws IOException {
        Session session = session(send.session());
        if (send.text().equals("(hang up)")) {
            session.wire.close();
            session.closed = true;
            return;
        }
        if (send.text().equals("(start TLS)")) {
            session.wire.startTls();
            return;
        }
        if (send.text().equals("(start compression)")) {
            session.wire.startCompression();
            return;
        }
        if (send.text().equals("(end compression)")) {
            session.wire.endCompression();
            return;
        }
        String text = expand(send.text());
        switch (send.kind()) {
            case COMMAND -> session.command(text);
            case LINE -> session.wire.send(text + "\r\n");
            case BYTES -> session.wire.send(unescape(text));
        }
    }

    /// Checks the expectation at `at` and those that belong to it; returns the index of the last one.
    private int expect(List<Step> steps, int at) throws IOException {
        Step.Expect first = (Step.Expect) steps.get(at);
        List<String> wanted = new ArrayList<>();
        int last = gather(steps, at, wanted);
        while (first.anyOrder()
                && last + 1 < steps.size()
                && steps.get(last + 1) instanceof Step.Expect next
                && next.anyOrder()
                && next.session() == first.session()) {
            last = gather(steps, last + 1, wanted);
        }
        Session session = session(first.session());
        while (!wanted.isEmpty()) {
            String got = session.next(first.line(), wanted.getFirst());
            if (!takeMatch(session, wanted, got)) {
                throw new AssertionError(transcript.file() + ":" + first.line() + ": session " + first.session()
                        + "\n  expected " + String.join("\n        or ", wanted) + "\n  but got  " + got
                        + session.rest(got));
            }
        }
        return last;
    }

    /// One expected response with the lines of its literals.
    private int gather(List<Step> steps, int at, List<String> wanted) {
        Step.Expect first = (Step.Expect) steps.get(at);
        StringBuilder text = new StringBuilder(expand(first.text()));
        int last = at;
        int lineStart = 0;
        for (int size = TranscriptWire.literalSize(text.toString()); size >= 0; ) {
            int literalEnd = text.length() + 2 + size;
            do {
                last++;
                if (!(steps.get(last) instanceof Step.Expect next) || next.session() != first.session()) {
                    throw new AssertionError(
                            transcript.file() + ":" + first.line() + ": the literal does not end, " + text);
                }
                text.append("\r\n");
                lineStart = text.length();
                text.append(expand(next.text()));
            } while (text.length() < literalEnd);
            size = text.length() == literalEnd
                    ? -1
                    : TranscriptWire.literalSize(text.substring(Math.max(lineStart, literalEnd)));
        }
        wanted.add(text.toString());
        return last;
    }

    private boolean takeMatch(Session session, List<String> wanted, String got) {
        for (int i = 0; i < wanted.size(); i++) {
            if (session.matches(wanted.get(i), got)) {
                wanted.remove(i);
                return true;
            }
        }
        return false;
    }

    private Session session(int number) {
        return sessions.get(number);
    }

    private String expand(String text) {
        Matcher variable =
                Pattern.compile("\\$\\{(size:|mail:|long:|lines:)?([^}=>]+)}").matcher(text);
        return variable.replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), found.group(2))));
    }

    private String value(String kind, String name) {
        if (kind == null) {
            if (!words.containsKey(name)) {
                throw new AssertionError(transcript.file() + ": no word was caught as ${" + name + "}");
            }
            return words.get(name);
        }
        if (kind.equals("long:")) {
            return "x".repeat(Integer.parseInt(name));
        }
        if (kind.equals("lines:")) {
            String mail = new String(Mails.named("lines(" + name + ")"), StandardCharsets.ISO_8859_1);
            return mail.substring(mail.indexOf("\r\n\r\n") + 4);
        }
        byte[] mail = Mails.named(name);
        return kind.equals("size:") ? String.valueOf(mail.length) : new String(mail, StandardCharsets.ISO_8859_1);
    }

    static String unescape(String text) {
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                bytes.append(c);
                continue;
            }
            char escaped = text.charAt(++i);
            switch (escaped) {
                case 'r' -> bytes.append('\r');
                case 'n' -> bytes.append('\n');
                case 'x' -> {
                    bytes.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
                    i += 2;
                }
                default -> bytes.append(escaped);
            }
        }
        return bytes.toString();
    }

    /// One client connection.
    private final class Session {
        private final int number;
        private final TranscriptWire wire;
        private final Deque<String> unanswered = new ArrayDeque<>();
        private int commands;
        private boolean closed;

        Session(int number, TranscriptWire wire) {
            this.number = number;
            this.wire = wire;
        }

        void begin(String start, String enable) throws IOException {
            if (start.equals("connect")) {
                return;
            }
            wire.response();
            quietly("LOGIN " + TestServer.USER + " " + TestServer.PASSWORD);
            if (!enable.isEmpty()) {
                quietly("ENABLE " + enable);
            }
            if (!start.equals("login")) {
                quietly(start.isEmpty() ? "SELECT INBOX" : start);
            }
        }

        private void quietly(String command) throws IOException {
            command(command);
            String tag = unanswered.poll();
            String response = wire.response();
            while (!response.startsWith(tag + " ")) {
                response = wire.response();
            }
            if (!response.startsWith(tag + " OK")) {
                throw new AssertionError(transcript.file() + ": session " + number + " could not begin: " + response);
            }
        }

        void command(String text) throws IOException {
            String tag = (char) ('A' + (number - 1) % 26) + Integer.toString(++commands);
            unanswered.add(tag);
            wire.send(tag + " " + text + "\r\n");
        }

        String next(int line, String wanted) throws IOException {
            try {
                return wire.response();
            } catch (EOFException e) {
                closed = true;
                return "(closed)";
            } catch (IOException e) {
                throw new AssertionError(
                        transcript.file() + ":" + line + ": session " + number + "\n  expected " + wanted + "\n  but "
                                + e.getMessage(),
                        e);
            }
        }

        boolean matches(String wanted, String got) {
            if (wanted.startsWith("* ") || wanted.startsWith("+") || wanted.equals("(closed)")) {
                return matchesText(wanted, got, false);
            }
            if (wanted.startsWith("!")) {
                return matchesText(wanted.substring(1), got, true);
            }
            String tag = unanswered.peek();
            if (tag != null && matchesText(tag + " " + wanted, got, true)) {
                unanswered.poll();
                return true;
            }
            return false;
        }

        private boolean matchesText(String wanted, String got, boolean openEnd) {
            List<String> names = new ArrayList<>();
            StringBuilder regex = new StringBuilder();
            Matcher free = Pattern.compile("\\.\\.\\.|\\$\\{([=>][^}]+)}").matcher(wanted);
            int from = 0;
            while (free.find()) {
                regex.append(Pattern.quote(wanted.substring(from, free.start())));
                from = free.end();
                if (free.group(1) == null) {
                    regex.append(".*?");
                } else {
                    names.add(free.group(1));
                    regex.append("([^ \\])]+)");
                }
            }
            regex.append(Pattern.quote(wanted.substring(from)));
            if (openEnd) {
                regex.append(".*");
            }
            Matcher matcher = Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(got);
            if (!matcher.matches()) {
                return false;
            }
            for (int i = 0; i < names.size(); i++) {
                String name = names.get(i).substring(1);
                String word = matcher.group(i + 1);
                if (names.get(i).charAt(0) == '=') {
                    words.put(name, word);
                } else if (Long.parseLong(word) <= Long.parseLong(value(null, name))) {
                    return false;
                }
            }
            return true;
        }

        /// What else the server said up to the end of the running command, for the failure's text.
        String rest(String got) {
            StringBuilder text = new StringBuilder();
            if (closed || !unanswered.isEmpty() && got.startsWith(unanswered.peek() + " ")) {
                return "";
            }
            try {
                while (!unanswered.isEmpty() && text.length() < 4000) {
                    String more = wire.response();
                    text.append("\n  then     ").append(more);
                    if (more.startsWith(unanswered.peek() + " ")) {
                        break;
                    }
                }
            } catch (IOException e) {
                text.append("\n  then     ").append(e.getMessage());
            }
            return text.toString();
        }

        /// Nothing may be left over: a NOOP's answer follows at once, unless the session is gone or waits for a
        /// line.
        void expectQuiet() throws IOException {
            if (closed) {
                return;
            }
            if (!unanswered.isEmpty()) {
                throw new AssertionError(transcript.file() + ": session " + number + " was not read to the answer of "
                        + unanswered.peek());
            }
        }
    }
}
