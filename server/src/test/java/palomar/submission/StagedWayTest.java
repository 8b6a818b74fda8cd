package palomar.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.smtp.client.Extensions;
import palomar.smtp.client.FolderTransport;
import palomar.smtp.client.Transport;
import palomar.storage.StagedMessage;
import palomar.storage.Staging;
import palomar.storage.memory.MemoryStorage;
import palomar.testkit.Seeds;
import palomar.testkit.WireClient;

/// Whole messages, as a demo's folder and a sendmail command take them.
@Timeout(60)
class StagedWayTest {
    private static final Extensions ABLE =
            new Extensions(Map.of("8BITMIME", List.of(), "BINARYMIME", List.of(), "CHUNKING", List.of()));

    @TempDir
    private Path folder;

    private final MemoryStorage storage =
            new MemoryStorage(InstantSource.fixed(SubmissionServer.NOW), Seeds.random("staged"));

    private static void send(WireClient client, String reply) throws Exception {
        client.line("MAIL FROM:<anna@example.org>").expect("250");
        client.line("RCPT TO:<x@y.example>").expect("250");
        client.line("RCPT TO:<z@y.example>").expect("250");
        client.line("DATA").expect("354");
        client.line("Subject: x\r\n\r\nbody\r\n.").expect(reply);
    }

    @Test
    void aMessageIsAFileWhenTheClientHearsOk() throws Exception {
        Transport transport = new FolderTransport(folder, InstantSource.fixed(SubmissionServer.NOW));
        try (SubmissionServer server =
                        new SubmissionServer(SubmissionServer.usual(), new StagedWay(transport, storage::stage, ABLE));
                WireClient client = server.login("anna")) {
            send(client, "250 2.0.0 kept as ");
            try (var files = Files.list(folder)) {
                assertThat(Files.readString(files.findFirst().orElseThrow()))
                        .startsWith("X-Envelope-From: <anna@example.org>\r\nX-Envelope-To: <x@y.example>\r\n"
                                + "X-Envelope-To: <z@y.example>\r\nReceived: ")
                        .endsWith("\r\n\r\nbody\r\n");
            }
        }
    }

    @Test
    void aFolderThatCanNotBeWrittenIsTold() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "", StandardCharsets.UTF_8);
        Transport transport = new FolderTransport(file, InstantSource.fixed(SubmissionServer.NOW));
        try (SubmissionServer server =
                        new SubmissionServer(SubmissionServer.usual(), new StagedWay(transport, storage::stage, ABLE));
                WireClient client = server.login("anna")) {
            send(client, "451 4.3.0");
            client.line("NOOP").expect("250");
        }
    }

    @Test
    void aFullDiskRefusesAtTheEndOrAtOnce() throws Exception {
        Transport transport = new FolderTransport(folder, InstantSource.fixed(SubmissionServer.NOW));
        try (SubmissionServer server =
                        new SubmissionServer(SubmissionServer.usual(), new StagedWay(transport, Full::new, ABLE));
                WireClient client = server.login("anna")) {
            send(client, "452 4.3.1");
            client.line("NOOP").expect("250");
        }
        StagedWay noneAtAll = new StagedWay(
                transport,
                () -> {
                    throw new MailException(MailError.DISK_FULL, "the disk is full");
                },
                ABLE);
        try (SubmissionServer server = new SubmissionServer(SubmissionServer.usual(), noneAtAll);
                WireClient client = server.login("anna")) {
            client.line("MAIL FROM:<anna@example.org>").expect("452 4.3.1");
            client.line("NOOP").expect("250");
        }
    }

    private static final class Full extends Staging {
        @Override
        public void write(int b) {
            throw new MailException(MailError.DISK_FULL, "the disk is full");
        }

        @Override
        public long size() {
            return 0;
        }

        @Override
        public StagedMessage finish() {
            throw new MailException(MailError.DISK_FULL, "the disk is full");
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }
}
