package palomar.lmtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.delivery.MessageFilter;
import palomar.delivery.Outcome;
import palomar.delivery.Recipient;
import palomar.testkit.WireClient;

/// What LMTP says of messages that scripts decide on, and whom it tells that it was heard.
class LmtpFilterTest implements MessageFilter {
    private static final String MESSAGE = """
            C: LHLO mx.example.net
            S: 250-mail.example.org
            S: 250-PIPELINING
            S: 250-SIZE 100000
            S: 250-8BITMIME
            S: 250-BINARYMIME
            S: 250-CHUNKING
            S: 250-SMTPUTF8
            S: 250-ENHANCEDSTATUSCODES
            S: 250-STARTTLS
            S: 250 XCLIENT
            C: MAIL FROM:<ann@post.example> RET=HDRS ENVID=x1
            S: 250
            C: RCPT TO:<bob@example.org> NOTIFY=FAILURE,DELAY
            S: 250
            C: RCPT TO:<carol@example.org>
            S: 250
            C: DATA
            S: 354
            C: Subject: x
            C: .
            """;

    @TempDir
    Path folder;

    private final BlockingQueue<Boolean> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
    private volatile Outcome outcome = new Outcome.Handled();
    private LmtpServer server;

    @BeforeEach
    void start() throws Exception {
        server = new LmtpServer(folder, this);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    public boolean concerns(Recipient recipient) {
        return recipient.user().equals("bob");
    }

    @Override
    public Filtered deliver(Job job) {
        jobs.add(job);
        return new Filtered(outcome, heard::add);
    }

    private WireClient sent() throws Exception {
        WireClient client = server.connect();
        LmtpServer.play(client, MESSAGE);
        return client;
    }

    @Test
    void whatWasThrownAwayOrSentOnIsTaken() throws Exception {
        try (WireClient client = sent()) {
            client.expect("250 2.0.0 <bob@example.org> taken, id ");
            client.expect("250 2.0.0 <carol@example.org> stored, id ");
            assertThat(heard).as("nobody knows yet whether the client got it").isEmpty();
            LmtpServer.play(client, "C: NOOP\nS: 250");
            assertThat(heard.poll(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(heard).isEmpty();
        Job job = jobs.remove();
        assertThat(job.refusable()).isTrue();
        assertThat(job.recipient().dsn().orElseThrow().notifyOn()).contains("FAILURE,DELAY");
        assertThat(job.recipient().dsn().orElseThrow().ret()).contains("HDRS");
        assertThat(job.recipient().dsn().orElseThrow().envelopeId()).contains("x1");
    }

    @Test
    void aRejectionHasTheUsersWordsOnLinesOfTheReply() throws Exception {
        outcome = new Outcome.Rejected("No, thanks.\r\n\r\nGr\u00fc\u00dfe\r\n" + "x".repeat(500));
        try (WireClient client = sent()) {
            client.expect("550-5.7.1 <bob@example.org> refuses this message:");
            client.expect("550-5.7.1 No, thanks.");
            client.expect("550-5.7.1 ");
            client.expect("550-5.7.1 Gr??e");
            client.expect("550-5.7.1 " + "x".repeat(400));
            client.expect("550 5.7.1 " + "x".repeat(100));
            client.expect("250 2.0.0 <carol@example.org> stored, id ");
        }
        assertThat(heard.poll(30, TimeUnit.SECONDS))
                .as("an orderly end is an answer")
                .isTrue();
    }

    @Test
    void aClientThatBreaksOffMayNotHaveHeard() throws Exception {
        try (Socket socket = new Socket()) {
            socket.connect(server.address());
            socket.setSoLinger(true, 0);
            StringBuilder all = new StringBuilder();
            MESSAGE.lines()
                    .filter(line -> line.startsWith("C: "))
                    .forEach(line -> all.append(line.substring(3).strip()).append("\r\n"));
            socket.getOutputStream().write(all.toString().getBytes(StandardCharsets.US_ASCII));
            assertThat(jobs.poll(30, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(heard.poll(30, TimeUnit.SECONDS)).isFalse();
    }
}
