package palomar.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import palomar.event.Event;
import palomar.mail.MailError;
import palomar.mail.MailboxName;
import palomar.smtp.proto.SmtpPath;
import palomar.storage.QuotaLimits;
import palomar.storage.memory.MemoryStorage;

class LdaTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC);

    private final FaultyStorage storage = new FaultyStorage(new MemoryStorage(CLOCK, new Random(1)));
    private final List<String> complaints = new ArrayList<>();
    private Lda lda = lda(true);

    private Lda lda(boolean fullIsTemporary) {
        DeliverySettings settings =
                new DeliverySettings("mail.example.org", "+", true, false, 1000, false, QuotaLimits.NONE);
        Deliveries deliveries = new Deliveries(new KnownUsers(Set.of("bob")), storage, CLOCK, settings, Event.SILENT);
        return new Lda(deliveries, fullIsTemporary, "7", Event.SILENT);
    }

    @BeforeEach
    void makeMailbox() {
        try (var bob = storage.open("bob")) {
            bob.create(MailboxName.of("Work/palomar"), Set.of());
        }
    }

    private LdaExit deliver(LdaRequest request, String message) throws IOException {
        complaints.clear();
        return lda.deliver(
                request, new ByteArrayInputStream(message.getBytes(StandardCharsets.ISO_8859_1)), complaints::add);
    }

    private String last(String mailbox) {
        return Stored.messages(storage, "bob", mailbox).getLast();
    }

    @Test
    void linesGetTheirCrLfAndTheMboxLineItsPlace() throws IOException {
        String trace = "Received: by mail.example.org id 7;\r\n\tFri, 20 Nov 2026 10:00:00 +0000\r\n";
        assertThat(deliver(LdaRequest.to("bob"), "Subject: x\n\nbody\n.\nFrom me\n"))
                .isEqualTo(LdaExit.OK);
        assertThat(last("INBOX")).isEqualTo(trace + "Subject: x\r\n\r\nbody\r\n.\r\nFrom me\r\n");
        assertThat(deliver(LdaRequest.to("bob"), "From alice@example.net  Fri Nov 20 10:00:00 2026\r\nA: b\r\n\r\nc"))
                .isEqualTo(LdaExit.OK);
        assertThat(last("INBOX")).isEqualTo("Return-Path: <alice@example.net>\r\n" + trace + "A: b\r\n\r\nc");
        deliver(LdaRequest.to("bob"), "From MAILER-DAEMON Fri Nov 20 10:00:00 2026\nA: b\n");
        assertThat(last("INBOX")).startsWith("Return-Path: <MAILER-DAEMON>\r\n");
        deliver(LdaRequest.to("bob"), "From\n");
        assertThat(last("INBOX")).isEqualTo(trace + "From\r\n");
        deliver(LdaRequest.to("bob"), "");
        assertThat(last("INBOX")).isEqualTo(trace);
    }

    @Test
    void mailboxSenderAndRecipientMayBeNamed() throws IOException {
        LdaRequest request = new LdaRequest(
                "bob", Optional.of("Work/palomar"), SmtpPath.parse("a@b"), SmtpPath.parse("bob@example.org"));
        assertThat(deliver(request, "From x@y now\nA: b\n")).isEqualTo(LdaExit.OK);
        assertThat(last("Work/palomar")).startsWith("Return-Path: <a@b>\r\nDelivered-To: bob@example.org\r\nReceived:");
        assertThat(deliver(request, "Delivered-To: bob@example.org\n\n")).isEqualTo(LdaExit.DATA_ERROR);
        assertThat(complaints.getFirst()).startsWith("mail loop");
        assertThat(deliver(LdaRequest.to("bob"), "Delivered-To: bob\n\n")).isEqualTo(LdaExit.OK);
        for (String absent : List.of("Absent", "no//name", "*")) {
            LdaRequest elsewhere = new LdaRequest("bob", Optional.of(absent), Optional.empty(), Optional.empty());
            assertThat(deliver(elsewhere, "A: " + absent + "\n")).isEqualTo(LdaExit.OK);
            assertThat(last("INBOX")).endsWith("A: " + absent + "\r\n");
        }
    }

    @Test
    void refusalsHaveTheExitCodesThatMtasKnow() throws IOException {
        assertThat(deliver(LdaRequest.to("nobody"), "x")).isEqualTo(LdaExit.NO_USER);
        assertThat(complaints).containsExactly("no such user: nobody");
        assertThat(deliver(LdaRequest.to("away"), "x")).isEqualTo(LdaExit.TEMP_FAIL);
        assertThat(deliver(LdaRequest.to("bob"), "x".repeat(1001))).isEqualTo(LdaExit.DATA_ERROR);
        for (MailError temporary : List.of(MailError.DISK_FULL, MailError.UNAVAILABLE, MailError.OVER_QUOTA)) {
            storage.refused.put("bob", temporary);
            assertThat(deliver(LdaRequest.to("bob"), "x")).isEqualTo(LdaExit.TEMP_FAIL);
        }
        lda = lda(false);
        assertThat(deliver(LdaRequest.to("bob"), "x")).isEqualTo(LdaExit.CANT_CREATE);
        storage.refused.clear();
        storage.staging = MailError.DISK_FULL;
        assertThat(deliver(LdaRequest.to("bob"), "x")).isEqualTo(LdaExit.TEMP_FAIL);
        assertThat(storage.openStagings).isZero();
    }

    @Test
    void longInputIsConvertedAcrossChunks() throws IOException {
        for (int pad = 0; pad < 4; pad++) {
            String text = "p".repeat(16_380 + pad) + "\r\n\n\r\r\n" + "q\n".repeat(20_000);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new LocalMessage(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII))).copyTo(out);
            assertThat(out.toString(StandardCharsets.US_ASCII))
                    .isEqualTo("p".repeat(16_380 + pad) + "\r\n\r\n\r\r\n" + "q\r\n".repeat(20_000));
        }
    }
}
