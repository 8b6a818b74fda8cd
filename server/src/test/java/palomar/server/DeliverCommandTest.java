package palomar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.config.SettingsFile;
import palomar.delivery.Stored;
import palomar.event.Event;
import palomar.mail.MailboxName;
import palomar.server.command.CommandLines;
import palomar.storage.Storage;

/// `palomar deliver` with a server and without one: whoever stores it, it is the same message.
class DeliverCommandTest {
    private static final List<List<String>> WAYS = List.of(
            List.of("-u", "joe"),
            List.of("-u", "joe", "--from", "a@b", "--recipient", "joe+x@example.org"),
            List.of("-u", "joe", "--from", "<>", "-m", "Lists/palomar"),
            List.of("-u", "joe", "-m", "nowhere"),
            List.of("-u", "joe@example.org", "--recipient", "j\u00f6e@b\u00fccher.example"));

    private static final List<String> MAILS =
            List.of("Subject: x\n\n.\n..\nbody\n", "From x@y now\nA: b\n\nno line end", "", "A: b\r\n\r\nx\r\n");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int deliver(String data, List<String> options, String mail) {
        List<String> line = new ArrayList<>(List.of("deliver", "-c", configuration(data)));
        line.addAll(options);
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return CommandLines.run(terminal, line.toArray(String[]::new));
    }

    private String configuration(String data) {
        return folder.resolve(data + ".toml").toString();
    }

    private Plan plan(String data) throws Exception {
        Path file = Files.writeString(folder.resolve(data + ".toml"), """
                log.level = "error"
                [server]
                data = "%s"
                name = "mail.example.org"
                [lmtp]
                detail_mailbox = false
                max_message = "64KiB"
                [[auth.passdb]]
                driver = "static"
                password = "{PLAIN}x"
                [[auth.userdb]]
                driver = "static"
                allow_all_users = true
                [[listener]]
                protocol = "lmtp"
                path = "%s/lmtp"
                proxy_protocol = []
                """.formatted(folder.resolve(data), folder));
        Plan plan = Plan.configured(SettingsFile.load(file).orThrow(), file);
        try (Storage storage = Stores.open(plan.settings(), Clock.systemUTC(), Event.SILENT);
                var joe = storage.open("joe")) {
            joe.create(MailboxName.of("Lists/palomar"), Set.of());
        }
        return plan;
    }

    private List<String> stored(Plan plan) throws Exception {
        List<String> all = new ArrayList<>();
        try (Storage storage = Stores.open(plan.settings(), Clock.systemUTC(), Event.SILENT)) {
            all.addAll(Stored.messages(storage, "joe", "INBOX"));
            all.add("--");
            all.addAll(Stored.messages(storage, "joe", "Lists/palomar"));
            all.add("--");
            all.addAll(Stored.messages(storage, "joe@example.org", "INBOX"));
        }
        return all.stream().map(DeliverCommandTest::withoutIdAndDate).toList();
    }

    private static String withoutIdAndDate(String message) {
        int id = message.indexOf(" id lda-");
        int end = message.indexOf("+0000\r\n", id);
        return id < 0 ? message : message.substring(0, id) + message.substring(end);
    }

    private void deliverAll(String data) {
        for (List<String> way : WAYS) {
            for (String mail : MAILS) {
                assertThat(deliver(data, way, mail)).as(way + " " + err).isZero();
            }
        }
    }

    @Test
    void aServerStoresTheSameBytesAsTheCommand() throws Exception {
        Plan without = plan("without");
        deliverAll("without");
        Plan with = plan("with");
        try (House house = House.start(with, Clock.systemUTC())) {
            assertThat(house.listeners()).hasSize(1);
            deliverAll("with");
        }
        assertThat(stored(with)).isEqualTo(stored(without)).hasSize(22);
        assertThat(stored(with).get(4))
                .isEqualTo("Return-Path: <a@b>\r\nDelivered-To: joe+x@example.org\r\n"
                        + "Received: by mail.example.org+0000\r\nSubject: x\r\n\r\n.\r\n..\r\nbody\r\n");
    }

    @Test
    void refusalsEndBothWaysWithTheSameCode() throws Exception {
        plan("without");
        Plan with = plan("with");
        try (House house = House.start(with, Clock.systemUTC())) {
            assertThat(house.listeners()).hasSize(1);
            for (String data : List.of("without", "with")) {
                err.reset();
                List<String> looping = List.of("-u", "joe", "--recipient", "joe@example.org");
                assertThat(deliver(data, looping, "Delivered-To: joe@example.org\n\n"))
                        .isEqualTo(65);
                assertThat(deliver(data, List.of("-u", "joe"), "x".repeat(1_000_000)))
                        .isEqualTo(65);
                assertThat(deliver(data, List.of("-u", "a\tb"), "x")).isEqualTo(64);
                assertThat(err.toString(StandardCharsets.UTF_8).lines())
                        .containsExactly(
                                "palomar: mail loop: the message was delivered to this address before, or passed too"
                                        + " many hosts",
                                "palomar: message too big: more than 65536 bytes",
                                "palomar: a name with control characters is none");
            }
        }
    }
}
