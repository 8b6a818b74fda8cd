package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `palomar deliver` as an MTA calls it, with a server and without one.
class DeliverIT {
    private static final String MAIL = "From: bob@example.org\nSubject: by pipe\n\nfirst\n.\n..\nlast\n";

    @TempDir
    private Path folder;

    @Test
    void aMessageIsHandedToTheServerOrPutIntoTheStore() throws Exception {
        Path data = folder.resolve("demo");
        int base = Palomar.freeBasePort();
        try (Palomar palomar = Palomar.demo(data, base)) {
            assertThat(deliver(data, "alice").code()).isZero();
            assertThat(deliver(data, "No Such User").code()).isEqualTo(67);
            assertThat(palomar.err()).contains("delivery.stored");
        }
        Result stored = deliver(data, "alice");
        assertThat(stored.code()).as(stored.err()).isZero();
        assertThat(stored.err()).isEmpty();
        assertThat(deliver(data, "No Such User").code()).isEqualTo(67);
        try (Palomar palomar = Palomar.demo(data, base);
                ImapWire imap = ImapWire.login(palomar.imap(), "alice")) {
            assertThat(imap.ok("SELECT INBOX").toString()).contains("* 2 EXISTS");
            List<ImapWire.Line> fetched = imap.ok("FETCH 1:2 BODY.PEEK[TEXT]");
            assertThat(fetched)
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(new String(line.literals().getFirst(), StandardCharsets.US_ASCII))
                            .isEqualTo("first\r\n.\r\n..\r\nlast\r\n"));
        }
    }

    private static Result deliver(Path data, String user) throws Exception {
        return Palomar.runWith(MAIL, "deliver", "--user", user, "--data", data.toString());
    }
}
