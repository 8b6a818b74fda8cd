package palomar.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import palomar.bytes.ByteSource;
import palomar.smtp.proto.SmtpPath;

@Timeout(60)
class SendmailTransportTest {
    @TempDir
    private Path folder;

    private static SmtpPath path(String text) {
        return SmtpPath.parse(text).orElseThrow();
    }

    private String program(String script) throws IOException {
        Path program = folder.resolve("sendmail");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program.toString();
    }

    private static Delivery deliver(String program, Duration limit, Envelope envelope, String text) throws IOException {
        try (SendmailTransport transport = new SendmailTransport(List.of(program, "-C", "conf"), limit, 2)) {
            return transport.deliver(
                    envelope, OutgoingContent.of(ByteSource.of(text.getBytes(StandardCharsets.UTF_8))));
        }
    }

    @Test
    void theProgramGetsTheEnvelopeAsArgumentsAndUnixLines() throws Exception {
        String program = program("printf '%s|' \"$@\" > " + folder + "/arguments; cat > " + folder + "/text");
        Envelope envelope = Envelope.of(path("\"a;b'$(x)\"@a.example"), path("-bob@b.example"), path("carl@c.example"));
        Delivery delivery = deliver(program, Duration.ofSeconds(30), envelope, "Subject: x\r\n\r\n.a\r\r\nb\n");
        assertThat(delivery.fates()).hasSize(2).allMatch(fate -> fate instanceof Fate.Accepted);
        assertThat(folder.resolve("arguments"))
                .hasContent("-C|conf|-i|-f|\"a;b'$(x)\"@a.example|--|-bob@b.example|carl@c.example|");
        assertThat(folder.resolve("text")).hasContent("Subject: x\n\n.a\r\nb\n");
        deliver(program, Duration.ofSeconds(30), Envelope.of(SmtpPath.NULL, path("bob@b.example")), "x");
        assertThat(folder.resolve("arguments")).hasContent("-C|conf|-i|-f|<>|--|bob@b.example|");
    }

    @Test
    void exitCodesAreThoseOfSysexits() throws Exception {
        Envelope envelope = Envelope.of(path("ann@a.example"), path("bob@b.example"));
        String[][] table = {
            {"64", "Temporary"},
            {"65", "Permanent"},
            {"67", "Permanent"},
            {"68", "Permanent"},
            {"69", "Temporary"},
            {"75", "Temporary"},
            {"77", "Temporary"},
            {"78", "Temporary"},
            {"1", "Temporary"},
        };
        for (String[] row : table) {
            String program = program("echo this is why >&2; exit " + row[0]);
            Delivery delivery = deliver(program, Duration.ofSeconds(30), envelope, "x".repeat(300_000));
            Fate fate = delivery.fates().getFirst();
            assertThat(fate.getClass().getSimpleName()).as(row[0]).isEqualTo(row[1]);
            assertThat(fate.reply().toString()).endsWith("ended with " + row[0] + ": this is why");
        }
    }

    @Test
    void aProgramThatHangsOrIsNotThereIsTriedAgainLater() throws Exception {
        Envelope envelope = Envelope.of(path("ann@a.example"), path("bob@b.example"));
        Fate slow = deliver(program("exec sleep 600"), Duration.ofMillis(200), envelope, "x")
                .fates()
                .getFirst();
        assertThat(slow).isInstanceOf(Fate.Temporary.class);
        assertThat(slow.reply().toString()).contains("took longer");
        Fate missing = deliver(folder + "/nowhere", Duration.ofSeconds(9), envelope, "x")
                .fates()
                .getFirst();
        assertThat(missing).isInstanceOf(Fate.Temporary.class);
        assertThat(missing.reply().toString()).contains("can't run");
    }

    @Test
    void aProgramThatTalksWithoutEndIsListenedToBriefly() throws Exception {
        Envelope envelope = Envelope.of(path("ann@a.example"), path("bob@b.example"));
        Fate fate = deliver(program("yes | head -c 5000000; exit 75"), Duration.ofSeconds(30), envelope, "x")
                .fates()
                .getFirst();
        assertThat(fate).isInstanceOf(Fate.Temporary.class);
        assertThat(fate.reply().toString().length()).isLessThan(3000);
    }

    @Test
    void whatAProgramCanNotPromiseIsRefused() throws Exception {
        EnvelopeOptions secret = new EnvelopeOptions(Optional.empty(), Optional.empty(), Optional.empty(), true);
        Envelope envelope =
                new Envelope(path("ann@a.example"), List.of(EnvelopeRecipient.of(path("bob@b.example"))), secret);
        Fate fate = deliver(program("exit 0"), Duration.ofSeconds(30), envelope, "x")
                .fates()
                .getFirst();
        assertThat(fate.reply().enhanced()).isEqualTo("5.7.30");
    }
}
