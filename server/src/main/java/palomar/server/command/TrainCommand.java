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
import java.util.List;
import java.util.concurrent.Callable;
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

/// Lives a day of a server in a second, so that the JVM learns which classes and code a start needs: run by
/// `scripts/train.sh` while the JVM records an AOT cache. Talks to itself over loopback.
@Command(name = "train", hidden = true, header = "A training run for the AOT cache, in an empty directory.")
final class TrainCommand extends Helped implements Callable<Integer> {
    private static final int ROUNDS = 20;

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
            for (int i = 0; i < ROUNDS; i++) {
                for (Listener listener : house.listeners()) {
                    talk(listener, i);
                }
            }
        }
        return ExitCode.OK.number();
    }

    private static void talk(Listener listener, int round) throws IOException, GeneralSecurityException {
        if (!(listener.endpoint() instanceof Endpoint.Tcp tcp)) {
            return;
        }
        InetSocketAddress address = tcp.address();
        boolean tls = listener.settings().implicitTls();
        try (Socket socket = tls ? trusting().createSocket() : new Socket()) {
            socket.connect(address);
            socket.setSoTimeout(10_000);
            List<String> lines = listener.settings().protocol().equals("lmtp") ? delivery(round) : session(round);
            speak(socket, lines);
        }
    }

    private static javax.net.SocketFactory trusting() throws GeneralSecurityException {
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
        String tag = command.indexOf(' ') < 0 ? command : command.substring(0, command.indexOf(' '));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            boolean smtp = line.length() > 3 && line.charAt(3) == ' ' && Character.isDigit(line.charAt(0));
            if (smtp || line.startsWith(tag + " ") || line.startsWith("+ ")) {
                return;
            }
        }
    }

    private static List<String> session(int round) {
        return List.of(
                "a CAPABILITY",
                "b LOGIN train demo",
                "c LIST \"\" *",
                "d APPEND INBOX {44}",
                ">Subject: train\r\nFrom: a@example.org\r\n\r\nhello",
                "e SELECT INBOX",
                "f FETCH 1:* (UID FLAGS ENVELOPE BODYSTRUCTURE BODY.PEEK[])",
                "g STORE 1 +FLAGS (\\Seen)",
                "h SEARCH SUBJECT train UNSEEN",
                "i NOOP",
                "j LOGOUT");
    }

    private static List<String> delivery(int round) {
        return List.of(
                "LHLO localhost",
                "MAIL FROM:<train@example.org>",
                "RCPT TO:<train@localhost>",
                "DATA",
                ">From: train@example.org\r\nSubject: round " + round + "\r\n\r\nhello\r\n.",
                "QUIT");
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
