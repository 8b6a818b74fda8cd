package palomar.lmtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import palomar.delivery.Stored;
import palomar.testkit.WireClient;

/// A server for each test, with which it has dialogues; in the end every staging must be closed.
class LmtpDialogues {
    static final String BEGIN = """
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
            S: 250 XCLIENT ADDR PORT HELO PROTO LOGIN DESTADDR DESTPORT
            """;

    @TempDir
    Path folder;

    LmtpServer server;

    @BeforeEach
    void start() throws Exception {
        server = new LmtpServer(folder);
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(server.storage.openStagings).as("each staging is closed").isZero();
    }

    void play(String dialogue) throws Exception {
        try (WireClient client = server.connect()) {
            LmtpServer.play(client, dialogue);
        }
    }

    List<String> mail(String user, String mailbox) {
        return Stored.messages(server.storage, user, mailbox);
    }
}
