package palomar.delivery.sieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.delivery.MessageEvents.Cause;
import palomar.delivery.Recipient;
import palomar.event.Event;
import palomar.mail.MailboxName;
import palomar.os.RealDisk;
import palomar.outbox.Outbox;
import palomar.outbox.OutgoingMessage;
import palomar.scripts.MailScripts;
import palomar.scripts.ScriptLimits;
import palomar.scripts.ScriptName;
import palomar.scripts.ScriptOwner;
import palomar.scripts.UserScripts;
import palomar.sieve.Limits;
import palomar.sieve.ext.Extensions;
import palomar.smtp.proto.SmtpPath;
import palomar.storage.QuotaLimits;
import palomar.storage.Storage;
import palomar.storage.UserMail;
import palomar.storage.memory.MemoryStorage;
import palomar.testkit.ManualClock;
import palomar.testkit.Seeds;
import palomar.testkit.TestServer;
import palomar.testkit.WireClient;

/// Scripts for messages that are there, asked for over a real IMAP connection. RFC 6785,
/// draft-bosch-imap-filter-sieve-00
class StoredSieveTest {
    /// 2026-03-01T12:00:00Z, a Sunday.
    private final ManualClock time = new ManualClock();
    private final Clock clock = time.withZone(ZoneOffset.UTC);

    @TempDir
    Path folder;

    private final Storage storage = new MemoryStorage(clock, Seeds.random("stored"));
    private final List<OutgoingMessage> sent = new CopyOnWriteArrayList<>();
    private final List<EventRule> rules = new ArrayList<>();
    private SieveDelivery house;
    private TestServer server;
    private WireClient client;

    private SievePolicy policy() {
        return new SievePolicy(
                true,
                Extensions.language(),
                Extensions.language(),
                Extensions.language(),
                Extensions.language(),
                Limits.USUAL,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(folder.resolve("global")),
                List.copyOf(rules),
                Optional.of("sieve://mail.home.example"),
                Map.of(),
                MailboxName.INBOX,
                false,
                false,
                Duration.ofHours(1),
                Duration.ZERO,
                Optional.empty(),
                0,
                0,
                "mail.home.example",
                "postmaster@home.example");
    }

    @BeforeEach
    void begin() throws IOException {
        MailScripts scripts = new MailScripts(storage, ScriptLimits.USUAL, clock, Event.SILENT);
        house = new SieveDelivery(
                storage,
                scripts,
                message -> {
                    sent.add(message);
                    return Outbox.Taken.QUEUED;
                },
                new RealDisk(),
                clock,
                Seeds.random("house"),
                policy(),
                Event.SILENT);
        StoredSieve sieve = new StoredSieve(house, StoredSieveTest::person, Event.SILENT);
        server = new TestServer(storage, sieve);
        client = WireClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        client.expect("* OK ");
        say("LOGIN anna secret");
        say("CREATE Junk");
        say("CREATE Copies");
        append("INBOX", "buy this");
        append("INBOX", "lunch");
        say("SELECT INBOX");
    }

    @AfterEach
    void end() throws IOException {
        client.close();
        server.close();
        house.close();
    }

    private static Optional<Recipient> person(String user) {
        return Optional.of(new Recipient(
                SmtpPath.NULL,
                user,
                Optional.empty(),
                QuotaLimits.NONE,
                Optional.empty(),
                Map.of("sieve_user_email", "anna@home.example"),
                Optional.empty(),
                Optional.empty()));
    }

    /// What is said before the tagged line, and that line.
    private List<String> answer(String command) throws IOException {
        client.send("a " + command + "\r\n");
        List<String> lines = new ArrayList<>();
        String line = client.readLine();
        while (!line.startsWith("a ")) {
            lines.add(line);
            line = client.readLine();
        }
        lines.add(line);
        return lines;
    }

    private List<String> say(String command) throws IOException {
        List<String> lines = answer(command);
        assertThat(lines.getLast()).startsWith("a OK");
        return lines;
    }

    private void append(String mailbox, String subject) throws IOException {
        String message = "From: bob@example.org\r\nSubject: " + subject + "\r\n\r\nx\r\n";
        say("APPEND " + mailbox + " {" + message.length() + "+}\r\n" + message);
    }

    private List<String> flags(String set) throws IOException {
        return say("UID FETCH " + set + " (FLAGS)").stream()
                .filter(line -> line.startsWith("* "))
                .map(line -> line.substring(line.indexOf("FLAGS (") + 7, line.indexOf(')')))
                .map(flags -> flags.replace("\\Recent", "").replace("  ", " ").strip())
                .toList();
    }

    private void script(String name, String text) {
        try (UserScripts mine = new MailScripts(storage, ScriptLimits.USUAL, clock, Event.SILENT)
                .open(new ScriptOwner("anna", Optional.empty()))) {
            assertThat(mine.put(ScriptName.of(name).orElseThrow(), text.getBytes(StandardCharsets.UTF_8)))
                    .isEmpty();
        }
    }

    private void metadata(String mailbox, String value) {
        try (UserMail anna = storage.open("anna")) {
            anna.attributes(anna.find(MailboxName.of(mailbox)).orElseThrow().id())
                    .change(Map.of(
                            "metadata/shared/imapsieve/script", Optional.of(value.getBytes(StandardCharsets.UTF_8))));
        }
    }

    private static String filter(String how, String script, String keys) {
        return how + " SIEVE SCRIPT {" + script.length() + "+}\r\n" + script + " " + keys;
    }

    @Test
    void clientsAreToldOfIt() throws IOException {
        assertThat(say("CAPABILITY").getFirst()).contains(" FILTER=SIEVE", " IMAPSIEVE=sieve://mail.home.example");
    }

    @Test
    void filterCopiesAndMarksWhatIsNotKept() throws IOException {
        String script = "require \"fileinto\";\r\nif header \"subject\" \"buy this\" { fileinto \"Junk\"; }";
        assertThat(say(filter("UID FILTER", script, "ALL")))
                .contains("* 1 FILTERED (TAG \"a\") UID 1 OK", "* 2 FILTERED (TAG \"a\") UID 2 OK");
        assertThat(flags("1:2")).containsExactly("\\Deleted", "");
        assertThat(say("STATUS Junk (MESSAGES)")).contains("* STATUS Junk (MESSAGES 1)");
    }

    @Test
    void filterLooksAtWhatTheSearchFinds() throws IOException {
        assertThat(say(filter("FILTER", "discard;", "SUBJECT lunch")))
                .contains("* 2 FILTERED (TAG \"a\") OK")
                .doesNotContain("* 1 FILTERED (TAG \"a\") OK");
        assertThat(flags("1:2")).containsExactly("", "\\Deleted");
    }

    @Test
    void filterTellsWhatDoesNotCompileAndDoesNothing() throws IOException {
        List<String> lines = answer(filter("FILTER", "frobnicate;", "ALL"));
        assertThat(lines.getLast()).startsWith("a NO");
        assertThat(lines.getFirst()).startsWith("* FILTER (TAG \"a\") ERRORS {");
        assertThat(lines.get(1)).startsWith("line 1: unknown command 'frobnicate'");
        assertThat(lines).noneMatch(line -> line.contains("FILTERED"));
    }

    @Test
    void filterTellsWhatFailsAndLeavesTheMessage() throws IOException {
        List<String> lines = say(filter("FILTER", "require \"fileinto\"; fileinto \"Nowhere\";", "SUBJECT lunch"));
        assertThat(lines.getFirst()).startsWith("* 2 FILTERED (TAG \"a\") ERRORS {");
        assertThat(flags("1:2")).containsExactly("", "");
        assertThat(say("STATUS INBOX (MESSAGES)")).contains("* STATUS INBOX (MESSAGES 2)");
    }

    @Test
    void filterSeesAndSetsFlagsAndAnswersNobody() throws IOException {
        say("STORE 1 +FLAGS (\\Flagged old)");
        String script = "require [\"imap4flags\", \"vacation\", \"reject\"];\r\n"
                + "if hasflag \"\\\\Flagged\" { removeflag \"old\"; addflag \"\\\\Seen new\"; vacation \"Away.\"; }"
                + " else { reject \"No.\"; }";
        say(filter("FILTER", script, "ALL"));
        assertThat(flags("1:2")).containsExactly("\\Seen \\Flagged new", "");
        assertThat(sent).isEmpty();
    }

    @Test
    void filterTakesStoredScriptsByTheirNames() throws IOException {
        script("mine", "discard;");
        say("UID FILTER SIEVE PERSONAL mine UID 1");
        assertThat(flags("1:2")).containsExactly("\\Deleted", "");
        assertThat(answer("FILTER SIEVE PERSONAL none ALL").getLast()).startsWith("a NO");
        assertThat(answer("FILTER SIEVE DELIVERY ALL").getLast()).startsWith("a NO");
        assertThat(answer("FILTER SIEVE").getLast()).startsWith("a BAD");
        assertThat(answer("FILTER PROCMAIL x ALL").getLast()).startsWith("a BAD");
        assertThat(answer("FILTER SIEVE SCRIPT x CHARSET nonsense ALL").getLast())
                .startsWith("a NO [BADCHARSET");
        say("EXAMINE INBOX");
        assertThat(answer("FILTER SIEVE PERSONAL mine ALL").getLast()).startsWith("a NO");
    }

    @Test
    void aMailboxesScriptRunsForWhatIsCopiedThere() throws IOException {
        script(
                "learn",
                "require [\"vnd.dovecot.imapsieve\", \"imap4flags\", \"variables\", \"fileinto\", \"copy\"];\r\n"
                        + "if allof (environment :is \"imap.cause\" \"COPY\","
                        + " environment :is \"vnd.dovecot.mailbox-from\" \"INBOX\") { addflag \"learned\"; fileinto :copy \"Copies\"; }");
        metadata("Junk", "learn");
        say("COPY 1 Junk");
        append("Junk", "not copied");
        say("SELECT Junk");
        assertThat(flags("1:2")).containsExactly("learned", "");
        assertThat(say("STATUS Copies (MESSAGES)")).contains("* STATUS Copies (MESSAGES 1)");
    }

    @Test
    void flagChangesAreToldByNameAndBegetNoOthers() throws IOException {
        script(
                "flags",
                "require [\"imapsieve\", \"environment\", \"imap4flags\"];\r\n"
                        + "if environment :contains \"imap.changedflags\" \"\\\\Flagged\" { addflag \"starred\"; }");
        metadata("INBOX", "flags");
        say("STORE 1 +FLAGS (\\Seen)");
        say("STORE 2 +FLAGS (\\Flagged)");
        assertThat(flags("1:2")).containsExactly("\\Seen", "\\Flagged starred");
    }

    @Test
    void whatIsNotKeptIsMarkedAndSentOn() throws IOException {
        script("on", "require \"imapsieve\"; redirect \"carol@example.net\";");
        metadata("Junk", "on");
        append("Junk", "x");
        say("SELECT Junk");
        assertThat(flags("1")).containsExactly("\\Deleted");
        assertThat(sent).hasSize(1);
    }

    @Test
    void theOperatorsRulesRunByMailboxSourceAndCause() throws IOException {
        Path script = Files.writeString(
                folder.resolve("spam.sieve"), "require [\"imapsieve\", \"imap4flags\"]; addflag \"spam\";");
        rules.add(new EventRule("Junk", "*", Set.of(Cause.COPY), List.of(script), List.of()));
        rules.add(new EventRule("*", "Junk", Set.of(Cause.COPY), List.of(), List.of(script)));
        house.reload(policy());
        say("COPY 1 Junk");
        append("Junk", "appended");
        say("COPY 2 Copies");
        say("SELECT Junk");
        assertThat(flags("1:2")).containsExactly("spam", "");
        say("COPY 2 Copies");
        say("SELECT Copies");
        assertThat(flags("1:2")).containsExactly("", "spam");
    }

    @Test
    void aBrokenScriptDoesNotKeepAClientFromItsWork() throws IOException {
        script("broken", "frobnicate;");
        metadata("Junk", "broken");
        say("COPY 1 Junk");
        say("SELECT Junk");
        assertThat(flags("1")).containsExactly("");
    }

    @Test
    void whatIsSnoozedComesBackWithoutARestart() throws IOException {
        say(filter("UID FILTER", "require \"snooze\"; snooze \"13:00\";", "UID 1"));
        assertThat(flags("1:2")).containsExactly("\\Deleted", "");
        assertThat(say("STATUS Snoozed (MESSAGES)")).contains("* STATUS Snoozed (MESSAGES 1)");
        time.advance(Duration.ofMinutes(61));
        house.sleepers().wakeDue();
        assertThat(say("STATUS Snoozed (MESSAGES)")).contains("* STATUS Snoozed (MESSAGES 0)");
        assertThat(say("STATUS INBOX (MESSAGES)")).contains("* STATUS INBOX (MESSAGES 3)");
    }

    @Test
    void scriptsAreToldWhoTheUserIs() throws IOException {
        script(
                "who",
                "require [\"imapsieve\", \"environment\", \"imap4flags\"];\r\n"
                        + "if allof (environment \"imap.user\" \"anna\", environment \"imap.email\" \"anna@home.example\")"
                        + " { addflag \"known\"; }");
        metadata("Junk", "who");
        say("COPY 1 Junk");
        say("SELECT Junk");
        assertThat(flags("1")).containsExactly("known");
    }

    @Test
    void copiesHaveTheFlagsOfTheMessage() throws IOException {
        say("STORE 1 +FLAGS (\\Seen word)");
        say(filter("UID FILTER", "require [\"fileinto\", \"copy\"]; fileinto :copy \"Copies\";", "UID 1"));
        assertThat(flags("1")).containsExactly("\\Seen word");
        say("SELECT Copies");
        assertThat(flags("1")).containsExactly("\\Seen word");
    }
}
