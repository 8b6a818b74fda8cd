package palomar.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import palomar.testkit.Transcript.Step;

/// Plays one [Transcript] of ManageSieve and stops at the first difference. Commands have no tags here: `C:` sends
/// a line as it stands. `S: OK`, `NO` and `BYE` match what begins so, all else is the whole line; `...` is
/// anything. One thread.
final class ManageSieveRunner {
    private final Transcript transcript;
    private final ManageSieveServer server;
    private final Map<Integer, Session> sessions = new TreeMap<>();

    ManageSieveRunner(Transcript transcript, ManageSieveServer server) {
        this.transcript = transcript;
        this.server = server;
    }

    void run() throws IOException {
        try {
            open();
            List<Step> steps = transcript.steps();
            for (int i = 0; i < steps.size(); i++) {
                switch (steps.get(i)) {
                    case Step.Send send -> send(send);
                    case Step.Expect _ -> i = expect(steps, i);
                    case Step.Deliver _, Step.Time _ ->
                        throw new IllegalArgumentException(transcript.file() + ": that is for IMAP");
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

    private void open() throws IOException {
        TreeSet<Integer> numbers = new TreeSet<>();
        for (Step step : transcript.steps()) {
            numbers.add(
                    switch (step) {
                        case Step.Send send -> send.session();
                        case Step.Expect expect -> expect.session();
                        case Step.Deliver _, Step.Time _ -> 1;
                    });
        }
        Map<Integer, String> start = transcript.setup().start();
        for (int number : numbers) {
            Session session = new Session(number, new TranscriptWire(server.port()));
            sessions.put(number, session);
            if (server.remote()) {
                session.wire.send(TestServer.PROXY_HEADER);
            }
            if (!start.getOrDefault(number, start.getOrDefault(0, "")).equals("connect")) {
                session.login();
            }
        }
    }

    private Session session(int number) {
        Session session = sessions.get(number);
        if (session == null) {
            throw new IllegalStateException("no session " + number);
        }
        return session;
    }

    private void send(Step.Send send) throws IOException {
        Session session = session(send.session());
        switch (send.text()) {
            case "(hang up)" -> {
                session.wire.close();
                session.closed = true;
            }
            case "(start TLS)" -> session.wire.startTls();
            default -> {
                String text = expand(send.text());
                session.wire.send(
                        send.kind() == Transcript.Kind.BYTES ? TranscriptRunner.unescape(text) : text + "\r\n");
            }
        }
    }

    /// `${long:N}` is N times x.
    private static String expand(String text) {
        Matcher found = Pattern.compile("\\$\\{long:(\\d+)}").matcher(text);
        return found.replaceAll(match -> "x".repeat(Integer.parseInt(match.group(1))));
    }

    private int expect(List<Step> steps, int at) {
        Step.Expect first = (Step.Expect) steps.get(at);
        StringBuilder wanted = new StringBuilder(expand(first.text()));
        int last = at;
        int size = TranscriptWire.literalSize(wanted.toString());
        int end = wanted.length() + 2 + size;
        while (size >= 0 && wanted.length() < end) {
            last++;
            if (last == steps.size() || !(steps.get(last) instanceof Step.Expect next)) {
                throw new AssertionError(transcript.file() + ":" + first.line() + ": the literal does not end");
            }
            wanted.append("\r\n").append(expand(next.text()));
        }
        Session session = session(first.session());
        String got = session.next();
        if (!matches(wanted.toString(), got)) {
            throw new AssertionError(transcript.file() + ":" + first.line() + ": session " + first.session()
                    + "\n  expected " + wanted + "\n  but got  " + got);
        }
        return last;
    }

    private static boolean matches(String wanted, String got) {
        StringBuilder regex = new StringBuilder();
        for (String part : wanted.split("\\.\\.\\.", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*?").append(Pattern.quote(part));
        }
        boolean open = wanted.startsWith("OK") || wanted.startsWith("NO") || wanted.startsWith("BYE");
        return Pattern.compile(regex + (open ? "( .*)?" : ""), Pattern.DOTALL)
                .matcher(got)
                .matches();
    }

    /// One client connection.
    private final class Session {
        private final int number;
        private final TranscriptWire wire;
        private boolean closed;

        Session(int number, TranscriptWire wire) {
            this.number = number;
            this.wire = wire;
        }

        void login() throws IOException {
            quietly();
            wire.send("AUTHENTICATE \"PLAIN\" \"AGFubmEAc2VjcmV0\"\r\n");
            quietly();
        }

        private void quietly() throws IOException {
            String got = next();
            while (got.startsWith("\"")) {
                got = next();
            }
            if (!got.startsWith("OK")) {
                throw new AssertionError(transcript.file() + ": session " + number + " could not begin: " + got);
            }
        }

        String next() {
            try {
                return wire.response();
            } catch (EOFException e) {
                closed = true;
                return "(closed)";
            } catch (IOException e) {
                return "(" + e.getMessage() + ")";
            }
        }

        /// Nothing may be left over: what comes next is the answer to what is said now.
        void expectQuiet() throws IOException {
            if (closed) {
                return;
            }
            wire.send("NOOP \"the end\"\r\n");
            String got = next();
            if (!got.equals("OK (TAG \"the end\") \"NOOP done\"")) {
                throw new AssertionError(
                        transcript.file() + ": session " + number + " was not read to the end: " + got);
            }
        }
    }
}
