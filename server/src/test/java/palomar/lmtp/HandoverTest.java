package palomar.lmtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.delivery.DeliverySettings;
import palomar.delivery.LdaExit;
import palomar.delivery.LdaRequest;
import palomar.delivery.Stored;
import palomar.mail.MailError;
import palomar.smtp.proto.SmtpPath;

class HandoverTest {
    @TempDir
    Path folder;

    private final List<String> complaints = new ArrayList<>();

    private LdaExit hand(LmtpServer server, LdaRequest request, String message) throws IOException {
        return hand(server, request, false, message);
    }

    private LdaExit hand(LmtpServer server, LdaRequest request, boolean keepsDomain, String message)
            throws IOException {
        try (Handover handover = Handover.connect(server.address())) {
            return handover.deliver(
                    request,
                    "+",
                    keepsDomain,
                    new ByteArrayInputStream(message.getBytes(StandardCharsets.ISO_8859_1)),
                    complaints::add);
        }
    }

    @Test
    void aMessageReachesTheServerByteForByte() throws Exception {
        try (LmtpServer server = new LmtpServer(folder)) {
            LdaRequest request = new LdaRequest("bob", Optional.of("lists"), SmtpPath.parse("a@b"), Optional.empty());
            assertThat(hand(server, request, "From x@y now\nA: b\n\n.\n..\n.dot\nend\n"))
                    .isEqualTo(LdaExit.OK);
            assertThat(Stored.messages(server.storage, "bob", "lists").getFirst())
                    .startsWith("Return-Path: <a@b>\r\n")
                    .endsWith("+0100\r\nA: b\r\n\r\n.\r\n..\r\n.dot\r\nend\r\n");
            assertThat(hand(server, LdaRequest.to("bob"), ".no line end")).isEqualTo(LdaExit.OK);
            assertThat(Stored.messages(server.storage, "bob", "INBOX").getFirst())
                    .endsWith("\r\n.no line end\r\n");
            assertThat(hand(server, LdaRequest.to("björn"), "x\n")).isEqualTo(LdaExit.OK);
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void aUserWithADomainIsNeverTakenForTheOneWithout() throws Exception {
        try (LmtpServer server = new LmtpServer(folder)) {
            LdaRequest request =
                    new LdaRequest("bob@example.org", Optional.of("lists"), Optional.empty(), Optional.empty());
            assertThat(hand(server, request, "x\n")).isEqualTo(LdaExit.NO_USER);
            assertThat(complaints.getFirst()).contains("<\"bob@example.org+lists\">");
            assertThat(hand(server, LdaRequest.to("eve@example.org"), "x\n")).isEqualTo(LdaExit.OK);
            assertThat(Stored.messages(server.storage, "eve@example.org", "INBOX"))
                    .hasSize(1);

            server.deliveries.reload(new DeliverySettings("mail.example.org", "+", true, true, 100_000));
            assertThat(hand(server, request, true, "x\n")).isEqualTo(LdaExit.NO_USER);
            assertThat(complaints.get(1)).contains("<bob+lists@example.org>");
            assertThat(hand(server, LdaRequest.to("bob"), true, "x\n")).isEqualTo(LdaExit.OK);
        }
    }

    @Test
    void refusalsComeThrough() throws Exception {
        try (LmtpServer server = new LmtpServer(folder)) {
            assertThat(hand(server, LdaRequest.to("nobody"), "x\n")).isEqualTo(LdaExit.NO_USER);
            assertThat(hand(server, LdaRequest.to("bob"), "x".repeat(100_001))).isEqualTo(LdaExit.DATA_ERROR);
            server.storage.refused.put("bob", MailError.DISK_FULL);
            assertThat(hand(server, LdaRequest.to("bob"), "x\n")).isEqualTo(LdaExit.TEMP_FAIL);
            assertThat(complaints).hasSize(3);
            assertThat(complaints.getFirst()).startsWith("the server says: 550 5.1.1 <nobody>");
        }
    }
}
