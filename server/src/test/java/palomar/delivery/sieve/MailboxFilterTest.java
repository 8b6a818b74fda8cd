package palomar.delivery.sieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import palomar.event.Event;
import palomar.mail.Flags;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.mail.SystemFlags;
import palomar.sieve.Limits;
import palomar.sieve.Program;
import palomar.sieve.Settings;
import palomar.sieve.ext.Extensions;
import palomar.storage.Mailbox;
import palomar.storage.MessageCursor;
import palomar.storage.Staging;
import palomar.storage.UserMail;
import palomar.storage.memory.MemoryStorage;

class MailboxFilterTest {
    private static final Instant RECEIVED = Instant.parse("2026-01-02T03:04:05Z");

    private final Clock clock = Clock.fixed(Instant.parse("2026-11-24T15:00:00Z"), ZoneOffset.UTC);
    private final MemoryStorage storage = new MemoryStorage(clock, new SplittableRandom(7));
    private final UserMail mail = storage.open("ann");
    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void threeMessages() throws IOException {
        mail.create(MailboxName.of("Lists"), Set.of());
        for (String subject : List.of("one", "two", "three")) {
            try (Mailbox inbox = inbox();
                    Staging staging = storage.stage()) {
                staging.write(("Subject: " + subject + "\r\n\r\nx\r\n").getBytes(StandardCharsets.US_ASCII));
                inbox.append(List.of(new Mailbox.NewMessage(
                        staging.finish(), new byte[0], Flags.of(SystemFlags.SEEN, "mine"), RECEIVED)));
            }
        }
    }

    private Mailbox inbox() {
        return open("INBOX");
    }

    private Mailbox open(String name) {
        return mail.open(mail.find(MailboxName.of(name)).orElseThrow().id());
    }

    private MailboxFilter.Tally filter(String script, boolean execute) throws IOException {
        Program program = Extensions.language()
                .compile(script.getBytes(StandardCharsets.UTF_8), Limits.USUAL)
                .program()
                .orElseThrow();
        Surroundings around = new Surroundings(
                storage::stage,
                message -> {
                    throw new MailException(MailError.CANNOT, "nothing is sent");
                },
                Programs.NONE,
                clock,
                ZoneOffset.UTC,
                new SplittableRandom(8),
                "host.example.com",
                "postmaster@example.com",
                Allowance.UNLIMITED,
                Event.SILENT);
        Person person = Person.of(mail, Optional.empty(), Settings.NONE);
        return new MailboxFilter(person, around, program, Limits.USUAL, lines::add)
                .run(mail.find(MailboxName.INBOX).orElseThrow(), execute);
    }

    private List<String> subjects(String name) throws IOException {
        List<String> subjects = new ArrayList<>();
        try (Mailbox box = open(name);
                MessageCursor cursor = box.cursor()) {
            for (int seq = 1; seq <= box.view().count(); seq++) {
                cursor.seek(box.view().uid(seq));
                subjects.add(new String(cursor.content().bytes(), StandardCharsets.US_ASCII)
                        .lines()
                        .findFirst()
                        .orElse("")
                        .substring("Subject: ".length()));
            }
        }
        return subjects;
    }

    private static final String SORT = """
            require ["fileinto", "copy", "imap4flags"];
            if header "subject" "one" { fileinto "Lists"; }
            elsif header "subject" "two" { discard; }
            else { fileinto :copy "Lists"; addflag "sorted"; }
            """;

    @Test
    void aDryRunChangesNothing() throws IOException {
        assertThat(filter(SORT, false)).isEqualTo(new MailboxFilter.Tally(3, 3, 0));
        assertThat(subjects("INBOX")).containsExactly("one", "two", "three");
        assertThat(subjects("Lists")).isEmpty();
        assertThat(lines).contains("message 1: one", "  remove it from here");
    }

    @Test
    void filedIsMovedOrCopiedAndDiscardedIsRemoved() throws IOException {
        assertThat(filter(SORT, true)).isEqualTo(new MailboxFilter.Tally(3, 3, 0));
        assertThat(subjects("INBOX")).containsExactly("three");
        assertThat(subjects("Lists")).containsExactly("one", "three");
        try (Mailbox lists = open("Lists");
                MessageCursor cursor = lists.cursor()) {
            cursor.seek(lists.view().uid(1));
            assertThat(cursor.internalDate()).isEqualTo(RECEIVED);
            assertThat(cursor.systemFlags()).isEqualTo(SystemFlags.SEEN);
            assertThat(lists.keywords()).containsExactly("mine");
        }
        try (Mailbox inbox = inbox()) {
            assertThat(inbox.keywords()).containsExactly("mine", "sorted");
        }
    }

    @Test
    void whatTheScriptKeepsIsNotTouched() throws IOException {
        assertThat(filter("if header \"subject\" \"two\" { keep; }", true)).isEqualTo(new MailboxFilter.Tally(3, 0, 0));
        assertThat(filter("require \"imap4flags\"; if hasflag \"mine\" { stop; } discard;", true))
                .isEqualTo(new MailboxFilter.Tally(3, 0, 0));
        assertThat(subjects("INBOX")).hasSize(3);
    }

    @Test
    void aFailureLeavesTheMessage() throws IOException {
        assertThat(filter("require \"fileinto\"; fileinto \"Nowhere\";", true))
                .isEqualTo(new MailboxFilter.Tally(3, 0, 3));
        assertThat(subjects("INBOX")).hasSize(3);
        assertThat(lines).anyMatch(line -> line.startsWith("  left as it is: failed to store into mailbox 'Nowhere'"));
    }

    @Test
    void nothingIsSentAndTheMessageStays() throws IOException {
        assertThat(filter("redirect \"x@example.com\";", true)).isEqualTo(new MailboxFilter.Tally(3, 0, 0));
        assertThat(subjects("INBOX")).hasSize(3);
        assertThat(lines).anyMatch(line -> line.startsWith("  not done with stored mail: redirect"));
    }
}
