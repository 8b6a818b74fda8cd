package palomar.delivery.sieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.bytes.ByteSource;
import palomar.delivery.Stored;
import palomar.event.Event;
import palomar.mail.Flags;
import palomar.mail.MailboxName;
import palomar.mail.SpecialUse;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.message.edit.EditedMessage;
import palomar.outbox.Outbox;
import palomar.sieve.Action;
import palomar.sieve.Envelope;
import palomar.sieve.Result;
import palomar.storage.FlagChange;
import palomar.storage.Mailbox;
import palomar.storage.MessageCursor;
import palomar.storage.Storage;
import palomar.storage.UserMail;
import palomar.testkit.ManualClock;
import palomar.testkit.Seeds;
import palomar.testkit.TestStores;

/// Messages that sleep, in a store of files; what is in memory is gone whenever a test says so.
class SleepersTest {
    private static final int EIGHT = 8 * 3600;

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock(); // 2026-03-01T12:00:00Z, a Sunday
    private final Map<String, String> settings = new HashMap<>();
    private Storage storage;
    private Sleepers sleepers;
    private int seed;

    @BeforeEach
    void open() throws IOException {
        storage = TestStores.LOFT_IN_FILES.open(folder, clock);
        sleepers = new Sleepers(storage, clock, Event.SILENT);
    }

    @AfterEach
    void close() {
        sleepers.close();
        storage.close();
    }

    private void restart() throws IOException {
        close();
        open();
        sleepers.loadAll();
    }

    private static Outbox.Taken nothing(palomar.outbox.OutgoingMessage message) {
        throw new IllegalStateException("nothing is sent here: " + message);
    }

    private record Wish(
            String mailbox, boolean create, Optional<String> use, List<String> add, List<String> remove, int time) {
        static Wish to(String mailbox) {
            return new Wish(mailbox, false, Optional.empty(), List.of(), List.of(), EIGHT);
        }
    }

    private Carried snooze(String mail, Wish wish) throws IOException {
        ByteSource content = ByteSource.of(mail.getBytes(StandardCharsets.UTF_8));
        EditedMessage message = EditedMessage.of(content);
        Result result = new Result();
        result.add(new Action.Snooze(
                Optional.of(wish.mailbox),
                Optional.empty(),
                wish.use,
                wish.create,
                wish.add,
                wish.remove,
                List.of(0, 1, 2, 3, 4, 5, 6),
                List.of(wish.time),
                Optional.empty(),
                message.version()));
        result.cancelImplicitKeep();
        Envelope envelope = Envelope.of("ann@post.example", "bob@home.example");
        Letter letter = new Letter(content, Optional.empty(), new byte[0], envelope, false, clock.instant());
        Surroundings around = new Surroundings(
                storage::stage,
                SleepersTest::nothing,
                Programs.NONE,
                clock,
                ZoneOffset.UTC,
                Seeds.random("around" + seed++),
                "mail.home.example",
                "postmaster@home.example",
                Allowance.UNLIMITED,
                Event.SILENT);
        try (UserMail user = storage.open("bob");
                Execution execution = new Execution(
                        Person.of(user, Optional.empty(), name -> Optional.ofNullable(settings.get(name))),
                        letter,
                        around,
                        Memory.NONE,
                        Attempt.ONLY)) {
            Carried carried = execution.carry(result, message);
            sleepers.load(user);
            return carried;
        }
    }

    private List<String> mailbox(String name) {
        return Stored.messages(storage, "bob", name);
    }

    private Set<String> kept() {
        try (UserMail bob = storage.open("bob")) {
            return bob.attributes().under("sieve/asleep").keySet();
        }
    }

    private void tomorrow() {
        clock.set(Instant.parse("2026-03-02T08:00:00Z"));
        sleepers.wakeDue();
    }

    @Test
    void aMessageSleepsInTheMailboxForThatAndComesBackWhenItIsTime() throws IOException {
        Carried carried = snooze("Subject: a\r\n\r\nx", Wish.to("INBOX"));
        assertThat(carried.errors()).isEmpty();
        assertThat(carried.copies().getFirst().mailbox().value()).isEqualTo("Snoozed");
        try (UserMail bob = storage.open("bob")) {
            assertThat(bob.find(MailboxName.of("Snoozed")).orElseThrow().uses()).containsExactly(SpecialUse.SNOOZED);
        }
        clock.set(Instant.parse("2026-03-02T07:59:59Z"));
        sleepers.wakeDue();
        assertThat(mailbox("Snoozed")).containsExactly("Subject: a\r\n\r\nx");
        assertThat(mailbox("INBOX")).isEmpty();
        tomorrow();
        assertThat(mailbox("Snoozed")).isEmpty();
        assertThat(mailbox("INBOX")).containsExactly("Subject: a\r\n\r\nx");
        assertThat(kept()).isEmpty();
    }

    @Test
    void restartsForgetNothingAndWakeOnce() throws IOException {
        snooze("Subject: a\r\n\r\nx", Wish.to("INBOX"));
        snooze("Subject: b\r\n\r\nx", new Wish("INBOX", false, Optional.empty(), List.of(), List.of(), EIGHT + 60));
        restart();
        tomorrow();
        assertThat(mailbox("INBOX")).containsExactly("Subject: a\r\n\r\nx");
        restart();
        sleepers.wakeDue();
        assertThat(mailbox("INBOX")).hasSize(1);
        clock.advance(Duration.ofDays(30));
        restart();
        sleepers.wakeDue();
        assertThat(mailbox("INBOX")).hasSize(2);
        assertThat(kept()).isEmpty();
    }

    @Test
    void aProcessThatDiedBehindTheMoveLeavesNothingToDoTwice() throws IOException {
        snooze("Subject: a\r\n\r\nx", Wish.to("INBOX"));
        Map<String, Optional<byte[]>> before = new HashMap<>();
        try (UserMail bob = storage.open("bob")) {
            bob.attributes().under("sieve/asleep").forEach((name, value) -> before.put(name, Optional.of(value)));
        }
        tomorrow();
        try (UserMail bob = storage.open("bob")) {
            bob.attributes().change(before);
        }
        restart();
        sleepers.wakeDue();
        assertThat(mailbox("INBOX")).hasSize(1);
        assertThat(kept()).isEmpty();
    }

    @Test
    void flagsChangeWhenItComesBackAndTheMailboxIsMadeWhenThatIsWished() throws IOException {
        Wish wish = new Wish(
                "Later/Today", true, Optional.empty(), List.of("\\Flagged", "$Awakened"), List.of("\\Seen"), EIGHT);
        snooze("Subject: a\r\n\r\nx", wish);
        change(FlagChange.add(Flags.of(SystemFlags.SEEN)));
        tomorrow();
        try (UserMail bob = storage.open("bob");
                Mailbox later = bob.open(
                        bob.find(MailboxName.of("Later/Today")).orElseThrow().id());
                MessageCursor cursor = later.cursor()) {
            assertThat(cursor.seek(1)).isTrue();
            assertThat(cursor.systemFlags()).isEqualTo(SystemFlags.FLAGGED);
            assertThat(later.keywords()).containsExactly("$Awakened");
        }
    }

    private void change(FlagChange change) {
        try (UserMail bob = storage.open("bob");
                Mailbox snoozed = bob.open(
                        bob.find(MailboxName.of("Snoozed")).orElseThrow().id())) {
            snoozed.store(UidSet.of(1), change, -1);
        }
    }

    @Test
    void aMailboxThatIsNotThereIsInbox() throws IOException {
        snooze("Subject: a\r\n\r\nx", Wish.to("Nowhere"));
        tomorrow();
        assertThat(mailbox("INBOX")).hasSize(1);
    }

    @Test
    void theMailboxWithTheUseIsTakenWhateverItsName() throws IOException {
        try (UserMail bob = storage.open("bob")) {
            bob.create(MailboxName.of("Zzz"), Set.of(SpecialUse.SNOOZED));
            bob.create(MailboxName.of("Archive"), Set.of(SpecialUse.ARCHIVE));
        }
        snooze("Subject: a\r\n\r\nx", new Wish("INBOX", false, Optional.of("\\Archive"), List.of(), List.of(), EIGHT));
        assertThat(mailbox("Zzz")).hasSize(1);
        tomorrow();
        assertThat(mailbox("Archive")).hasSize(1);
    }

    @Test
    void aNameForTheMailboxCanBeSet() throws IOException {
        settings.put("sieve_snooze_mailbox", "Schlummern");
        snooze("Subject: a\r\n\r\nx", Wish.to("INBOX"));
        assertThat(mailbox("Schlummern")).hasSize(1);
    }

    @Test
    void whatTheUserHasTakenUpStaysWhereHeHasPutIt() throws IOException {
        snooze("Subject: a\r\n\r\nx", Wish.to("INBOX"));
        snooze("Subject: b\r\n\r\nx", Wish.to("INBOX"));
        try (UserMail bob = storage.open("bob")) {
            var work = bob.create(MailboxName.of("Work"), Set.of());
            try (Mailbox snoozed = bob.open(
                            bob.find(MailboxName.of("Snoozed")).orElseThrow().id());
                    Mailbox target = bob.open(work.id())) {
                snoozed.move(UidSet.of(1), target);
                target.move(UidSet.of(1), snoozed); // put back: it only lies there now
                snoozed.store(UidSet.of(2), FlagChange.add(Flags.of(SystemFlags.DELETED)), -1);
                snoozed.expunge(UidSet.of(2));
            }
        }
        tomorrow();
        assertThat(mailbox("INBOX")).isEmpty();
        assertThat(mailbox("Work")).isEmpty();
        assertThat(mailbox("Snoozed")).containsExactly("Subject: a\r\n\r\nx");
        assertThat(kept()).isEmpty();
    }

    @Test
    void renamedMailboxesAndDeletedOnes() throws IOException {
        snooze("Subject: a\r\n\r\nx", Wish.to("INBOX"));
        try (UserMail bob = storage.open("bob")) {
            bob.rename(MailboxName.of("Snoozed"), MailboxName.of("Zzz"));
        }
        tomorrow();
        assertThat(mailbox("INBOX")).hasSize(1);
        snooze("Subject: b\r\n\r\nx", Wish.to("INBOX"));
        try (UserMail bob = storage.open("bob")) {
            bob.delete(MailboxName.of("Zzz"));
        }
        clock.advance(Duration.ofDays(1));
        sleepers.wakeDue();
        assertThat(mailbox("INBOX")).hasSize(1);
        assertThat(kept()).isEmpty();
    }

    @Test
    void aUserWhoIsGoneIsNotMadeAgain() throws IOException {
        snooze("Subject: a\r\n\r\nx", Wish.to("INBOX"));
        storage.deleteUser("bob");
        tomorrow();
        try (var users = storage.users()) {
            assertThat(users).isEmpty();
        }
    }

    @Test
    void twoOfTheSameBytesSleepAndComeBackAsTwo() throws IOException {
        snooze("Subject: a\r\n\r\nx", Wish.to("INBOX"));
        snooze("Subject: a\r\n\r\nx", Wish.to("INBOX"));
        tomorrow();
        assertThat(mailbox("INBOX")).hasSize(2);
    }

    @Test
    void comingBackIntoTheMailboxOfTheSleepersIsStaying() throws IOException {
        snooze("Subject: a\r\n\r\nx", Wish.to("Snoozed"));
        tomorrow();
        assertThat(mailbox("Snoozed")).hasSize(1);
        assertThat(kept()).isEmpty();
    }
}
