package palomar.server.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import palomar.net.Endpoint;
import palomar.net.Listener;
import palomar.server.ExitCode;
import palomar.server.House;
import palomar.server.Plan;
import palomar.server.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Lives a day of a server in a few seconds, so that the JVM learns which classes a start needs and which methods
/// become hot: run by `scripts/train.sh` while the JVM records an AOT cache. Talks to itself over loopback.
@Command(name = "train", hidden = true, header = "A training run for the AOT cache, in an empty directory.")
final class TrainCommand extends Helped implements Callable<Integer> {
    private static final int ROUNDS = 4000;

    /// Enough for profiles of what matters, short enough for a build.
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    /// A mailbox that has become larger than this is emptied: the work must stay small.
    private static final int EMPTY_EVERY = 40;

    private final Terminal terminal;

    @Parameters(paramLabel = "DIR")
    private Path folder = Path.of(".");

    TrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        Path file = Files.writeString(folder.resolve("palomar.toml"), "[server]\ndata = \"" + folder + "/data\"\n");
        CommandLines.run(terminal, "config", "check", file.toString());
        CommandLines.run(terminal, "serve", "--help");
        try (House house = House.start(Plan.demo(folder.resolve("demo"), -1), Clock.systemUTC())) {
            terminal.out().print(DemoTable.of(Plan.demo(folder, 10_000)));
            SocketFactory trusting = trusting();
            long end = System.nanoTime() + PATIENCE.toNanos();
            for (int i = 0; i < ROUNDS && System.nanoTime() < end; i++) {
                for (Listener listener : house.listeners()) {
                    talk(listener, i, trusting);
                }
            }
        }
        return ExitCode.OK.number();
    }

    private static void talk(Listener listener, int round, SocketFactory trusting) throws IOException {
        if (!(listener.endpoint() instanceof Endpoint.Tcp tcp)) {
            return;
        }
        InetSocketAddress address = tcp.address();
        boolean tls = listener.settings().implicitTls();
        try (Socket socket = tls ? trusting.createSocket() : new Socket()) {
            socket.connect(address);
            socket.setSoTimeout(10_000);
            List<String> lines = listener.settings().protocol().equals("lmtp") ? delivery(round) : session(round);
            speak(socket, lines);
        }
    }

    /// One for all rounds, so that sessions are resumed too.
    private static SocketFactory trusting() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        return context.getSocketFactory();
    }

    /// Each line is sent when the one before was answered; `>` begins one after which nothing is awaited.
    private static void speak(Socket socket, List<String> lines) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        OutputStream out = socket.getOutputStream();
        in.readLine();
        for (String line : lines) {
            boolean answered = !line.startsWith(">");
            String text = answered ? line : line.substring(1);
            out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            if (answered) {
                skipAnswer(in, text);
            }
        }
    }

    /// Until the tagged line, the continuation, or the last line of an SMTP reply.
    private static void skipAnswer(BufferedReader in, String command) throws IOException {
        // DONE ends the command `r`.
        String tag = command.indexOf(' ') < 0 ? "r" : command.substring(0, command.indexOf(' '));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            boolean smtp = line.length() > 3 && line.charAt(3) == ' ' && Character.isDigit(line.charAt(0));
            if (smtp || line.startsWith(tag + " ") || line.startsWith("+ ")) {
                return;
            }
        }
    }

    private static List<String> session(int round) {
        String mail = mail(round);
        return List.of(
                "a CAPABILITY",
                "b LOGIN train demo",
                "c LIST \"\" *",
                "d CREATE box" + round,
                "e APPEND INBOX (\\Seen) {" + mail.length() + "}",
                ">" + mail,
                "f STATUS INBOX (MESSAGES UIDNEXT UNSEEN)",
                "g SELECT INBOX",
                "h FETCH 1:* (UID FLAGS)",
                "i FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)",
                "j FETCH 1:* BODYSTRUCTURE",
                "k FETCH 1:* (BODY.PEEK[HEADER.FIELDS (From To Cc Subject Date Message-ID)])",
                "l UID FETCH 1:* (BODY.PEEK[] BODY.PEEK[1]<0.100> BODY.PEEK[HEADER])",
                "m SEARCH SUBJECT round UNSEEN",
                "n SEARCH OR FROM anna BODY hello",
                "o STORE 1:* +FLAGS ($Train)",
                "p UID STORE 1:* -FLAGS.SILENT ($Train)",
                "q COPY 1:* box" + round,
                "r IDLE",
                "DONE",
                "s NOOP",
                round % EMPTY_EVERY == EMPTY_EVERY - 1 ? "t STORE 1:* +FLAGS.SILENT (\\Deleted)" : "t CHECK",
                "u EXPUNGE",
                "v CLOSE",
                "w DELETE box" + round,
                "x LOGOUT");
    }

    private static List<String> delivery(int round) {
        return List.of(
                "LHLO localhost",
                "MAIL FROM:<train@example.org>",
                "RCPT TO:<train@localhost>",
                "RCPT TO:<train2@localhost>",
                "DATA",
                ">" + mail(round) + ".",
                "MAIL FROM:<train@example.org> BODY=8BITMIME",
                "RCPT TO:<train@localhost>",
                "DATA",
                ">" + mail(round + 1) + ".",
                "QUIT");
    }

    /// A few KiB with the parts that mail usually has; ends in CRLF, and no line begins with a dot.
    private static String mail(int round) {
        String text = "A line of text that says hello and is as long as lines in letters are.\r\n";
        return "From: Anna <anna@example.org>\r\nTo: Ben Tal <ben@example.net>, carla@example.com\r\n"
                + "Date: Mon, 2 Feb 2026 10:15:00 +0100\r\nMessage-ID: <train-" + round + "@example.org>\r\n"
                + "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?= in round " + round + "\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=\"part\"\r\n\r\n--part\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + text.repeat(30)
                + "--part\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable"
                + "\r\n\r\n<p>" + text.repeat(20) + "</p>\r\n--part\r\nContent-Type: application/pdf\r\n"
                + "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"a.pdf\"\r\n\r\n"
                + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=\r\n".repeat(40) + "--part--\r\n";
    }

    /// It talks to itself.
    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
