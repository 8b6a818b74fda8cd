package palomar.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import palomar.mail.Flags;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.mail.MessageGuid;
import palomar.mail.SpecialUse;
import palomar.storage.Mailbox;
import palomar.storage.MessageCursor;
import palomar.storage.StagedMessage;
import palomar.storage.Staging;
import palomar.storage.Storage.Delivered;
import palomar.storage.Storage.Target;
import palomar.storage.UserMail;
import palomar.storage.Watch;

/// What every [Storage] promises about users, mailbox trees and deliveries. A store subclasses it and supplies
/// itself.
public abstract class StorageContract extends StoreContract {
    protected static final Instant DATE = Instant.parse("2026-01-02T03:04:05Z");

    static byte[] mail(String subject) {
        return ("From: a@example.org\r\nSubject: " + subject + "\r\n\r\nText of " + subject + ".\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    static MailboxName name(String text) {
        return MailboxName.of(text);
    }

    private static List<String> names(UserMail user) {
        return user.mailboxes().stream().map(entry -> entry.name().value()).toList();
    }

    private static MailError kind(Runnable action) {
        try {
            action.run();
        } catch (MailException refused) {
            return refused.kind();
        }
        throw new AssertionError("was not refused");
    }

    @Test
    void aNewUserHasAnEmptyInboxAndNothingElse() throws IOException {
        try (UserMail user = storage.open("anna")) {
            assertThat(names(user)).containsExactly("INBOX");
            var status = user.status(user.mailboxes().getFirst().id());
            assertThat(status.messages()).isZero();
            assertThat(status.uidNext()).isEqualTo(1);
            assertThat(status.highestModSeq()).isPositive();
            assertThat(status.uidValidity()).isBetween(1L, 0xffff_ffffL);
        }
        assertThat(storage.users()).containsExactly("anna");
        reopenWhenDurable();
        try (UserMail user = storage.open("anna")) {
            assertThat(names(user)).containsExactly("INBOX");
        }
    }

    @Test
    void createMakesMissingParentsAndKeepsNameOrder() throws IOException {
        try (UserMail user = storage.open("anna")) {
            UserMail.Entry deep = user.create(name("a/b/c"), Set.of(SpecialUse.ARCHIVE));
            user.create(name("INBOX/x"), Set.of());
            assertThat(deep.uses()).containsExactly(SpecialUse.ARCHIVE);
            assertThat(names(user)).containsExactly("INBOX", "INBOX/x", "a", "a/b", "a/b/c");
            assertThat(kind(() -> user.create(name("a/b"), Set.of()))).isEqualTo(MailError.ALREADY_EXISTS);
            assertThat(kind(() -> user.create(name("inbox"), Set.of()))).isEqualTo(MailError.ALREADY_EXISTS);
        }
        reopenWhenDurable();
        try (UserMail user = storage.open("anna")) {
            assertThat(names(user)).containsExactly("INBOX", "INBOX/x", "a", "a/b", "a/b/c");
            assertThat(user.find(name("a/b/c")).orElseThrow().uses()).containsExactly(SpecialUse.ARCHIVE);
        }
    }

    @Test
    void deleteLeavesWhatIsBelowAndUidValidityGrowsWhenTheNameComesBack() throws IOException {
        try (UserMail user = storage.open("anna")) {
            UserMail.Entry first = user.create(name("a"), Set.of());
            user.create(name("a/b"), Set.of());
            user.delete(name("a"));
            assertThat(names(user)).containsExactly("INBOX", "a/b");
            assertThat(kind(() -> user.delete(name("a")))).isEqualTo(MailError.NOT_FOUND);
            assertThat(kind(() -> user.delete(MailboxName.INBOX))).isEqualTo(MailError.CANNOT);
            assertThat(kind(() -> user.open(first.id()))).isEqualTo(MailError.NOT_FOUND);
            UserMail.Entry again = user.create(name("a"), Set.of());
            assertThat(again.uidValidity()).isGreaterThan(first.uidValidity());
            assertThat(again.id()).isNotEqualTo(first.id());
        }
        reopenWhenDurable();
        try (UserMail user = storage.open("anna")) {
            long before = user.find(name("a")).orElseThrow().uidValidity();
            user.delete(name("a"));
            assertThat(user.create(name("a"), Set.of()).uidValidity()).isGreaterThan(before);
        }
    }

    @Test
    void whoHasADeletedMailboxOpenSeesItAndCantChangeIt() throws IOException {
        try (UserMail user = storage.open("anna");
                Mailbox mailbox = user.open(user.create(name("a"), Set.of()).id())) {
            MailboxFixture.append(storage, mailbox, mail("one"));
            user.delete(name("a"));
            assertThat(mailbox.deleted()).isTrue();
            assertThat(mailbox.view().count()).isEqualTo(1);
            assertThatThrownBy(() -> MailboxFixture.append(storage, mailbox, mail("two")))
                    .isInstanceOfSatisfying(
                            MailException.class, e -> assertThat(e.kind()).isEqualTo(MailError.NOT_FOUND));
        }
    }

    @Test
    void renameMovesTheWholeTreeAndKeepsIdentity() throws IOException {
        try (UserMail user = storage.open("anna")) {
            UserMail.Entry moved = user.create(name("a/b"), Set.of());
            user.create(name("ab"), Set.of());
            try (Mailbox mailbox = user.open(moved.id())) {
                MailboxFixture.append(storage, mailbox, mail("one"));
            }
            user.rename(name("a"), name("x/y"));
            assertThat(names(user)).containsExactly("INBOX", "ab", "x", "x/y", "x/y/b");
            UserMail.Entry entry = user.find(name("x/y/b")).orElseThrow();
            assertThat(entry.id()).isEqualTo(moved.id());
            assertThat(entry.uidValidity()).isEqualTo(moved.uidValidity());
            assertThat(user.status(entry.id()).messages()).isEqualTo(1);
            assertThat(kind(() -> user.rename(name("x"), name("ab")))).isEqualTo(MailError.ALREADY_EXISTS);
            assertThat(kind(() -> user.rename(name("x"), name("x/y/z")))).isEqualTo(MailError.CANNOT);
            assertThat(kind(() -> user.rename(name("none"), name("n")))).isEqualTo(MailError.NOT_FOUND);
        }
        reopenWhenDurable();
        try (UserMail user = storage.open("anna")) {
            assertThat(names(user)).containsExactly("INBOX", "ab", "x", "x/y", "x/y/b");
        }
    }

    @Test
    void renamingAnImpliedParentMovesItsChildren() {
        try (UserMail user = storage.open("anna")) {
            user.create(name("a/b"), Set.of());
            user.delete(name("a"));
            user.rename(name("a"), name("c"));
            assertThat(names(user)).containsExactly("INBOX", "c/b");
        }
    }

    @Test
    void renamingInboxMovesItsMessagesAndLeavesItsChildren() throws IOException {
        try (UserMail user = storage.open("anna")) {
            UserMail.Entry inbox = user.find(MailboxName.INBOX).orElseThrow();
            user.create(name("INBOX/child"), Set.of());
            try (Mailbox mailbox = user.open(inbox.id())) {
                MailboxFixture.append(storage, mailbox, mail("one"));
            }
            user.rename(MailboxName.INBOX, name("old"));
            assertThat(names(user)).containsExactly("INBOX", "INBOX/child", "old");
            assertThat(user.find(MailboxName.INBOX).orElseThrow().id()).isEqualTo(inbox.id());
            assertThat(user.status(inbox.id()).messages()).isZero();
            assertThat(user.status(inbox.id()).uidNext()).isEqualTo(2);
            assertThat(user.status(user.find(name("old")).orElseThrow().id()).messages())
                    .isEqualTo(1);
        }
    }

    @Test
    void subscriptionsAreNamesThatNeedNotExist() throws IOException {
        try (UserMail user = storage.open("anna")) {
            user.subscribe(name("nowhere"));
            user.subscribe(name("nowhere"));
            user.subscribe(name("gone"));
            user.unsubscribe(name("gone"));
            user.unsubscribe(name("never"));
        }
        reopenWhenDurable();
        try (UserMail user = storage.open("anna")) {
            assertThat(user.subscriptions()).containsExactly(name("nowhere"));
        }
    }

    @Test
    void watchersOfTheTreeAreWokenAfterTheChangeIsVisible() {
        try (UserMail user = storage.open("anna")) {
            List<List<String>> seen = new ArrayList<>();
            Watch watch = user.watch(() -> seen.add(names(user)));
            user.create(name("a"), Set.of());
            user.delete(name("a"));
            watch.close();
            user.create(name("b"), Set.of());
            assertThat(seen).containsExactly(List.of("INBOX", "a"), List.of("INBOX"));
        }
    }

    @Test
    void oneDeliveryReachesManyUsersWithTheirOwnHeads() throws IOException {
        storage.open("anna").close();
        List<Delivered> results = deliver(
                mail("hello"), target("anna", "INBOX", "X-For: anna\r\n"), target("bob", "INBOX", "X-For: bob\r\n"));
        assertThat(results).hasSize(2).allMatch(result -> result instanceof Delivered.Stored);
        reopenWhenDurable();
        for (String name : List.of("anna", "bob")) {
            try (UserMail user = storage.open(name);
                    Mailbox inbox = user.open(user.mailboxes().getFirst().id());
                    MessageCursor cursor = inbox.cursor()) {
                assertThat(inbox.view().count()).isEqualTo(1);
                assertThat(cursor.seek(1)).isTrue();
                String text = new String(cursor.content().bytes(), StandardCharsets.UTF_8);
                assertThat(text)
                        .isEqualTo("X-For: " + name + "\r\n" + new String(mail("hello"), StandardCharsets.UTF_8));
                assertThat(cursor.size()).isEqualTo(text.length());
                assertThat(cursor.digest().headerSize()).isEqualTo(text.indexOf("\r\n\r\n") + 4);
                assertThat(cursor.internalDate()).isEqualTo(DATE);
            }
        }
    }

    @Test
    void copiesWithOtherFirstLinesAreOtherContents() throws IOException {
        deliver(
                mail("hello"),
                target("anna", "INBOX", "X-For: a\r\n"),
                target("anna", "INBOX", "X-For: b\r\n"),
                target("anna", "INBOX", "X-For: a\r\n"),
                target("anna", "INBOX", ""));
        reopenWhenDurable();
        List<MessageGuid> guids = new ArrayList<>();
        try (UserMail user = storage.open("anna");
                Mailbox inbox = user.open(user.mailboxes().getFirst().id());
                MessageCursor cursor = inbox.cursor()) {
            for (int uid = 1; uid <= 4; uid++) {
                assertThat(cursor.seek(uid)).isTrue();
                guids.add(cursor.guid());
            }
        }
        assertThat(guids.get(2)).isEqualTo(guids.get(0));
        assertThat(Set.copyOf(guids)).hasSize(3);
    }

    @Test
    void aMissingTargetFailsAloneAndInboxIsAlwaysThere() throws IOException {
        List<Delivered> results = deliver(mail("hello"), target("anna", "nowhere", ""), target("anna", "INBOX", ""));
        assertThat(results.get(0))
                .isInstanceOfSatisfying(
                        Delivered.Failed.class,
                        failed -> assertThat(failed.why().kind()).isEqualTo(MailError.NOT_FOUND));
        assertThat(results.get(1)).isInstanceOf(Delivered.Stored.class);
    }

    @Test
    void theSameUserTwiceGetsTwoMessages() throws IOException {
        List<Delivered> results = deliver(mail("hello"), target("anna", "INBOX", ""), target("anna", "INBOX", ""));
        assertThat(results)
                .extracting(result -> ((Delivered.Stored) result).uid())
                .containsExactly(1L, 2L);
    }

    @Test
    void aDeletedUserIsGoneAndComesBackEmptyWithLargerUidValidity() throws IOException {
        long before;
        try (UserMail user = storage.open("anna")) {
            before = user.mailboxes().getFirst().uidValidity();
            deliver(mail("hello"), target("anna", "INBOX", ""));
        }
        assertThat(storage.deleteUser("anna")).isTrue();
        assertThat(storage.deleteUser("anna")).isFalse();
        reopenWhenDurable();
        assertThat(storage.users()).isEmpty();
        try (UserMail user = storage.open("anna")) {
            UserMail.Entry inbox = user.mailboxes().getFirst();
            assertThat(user.status(inbox.id()).messages()).isZero();
            assertThat(inbox.uidValidity()).isGreaterThan(before);
        }
    }

    @Test
    void aStagingThatIsClosedUnfinishedLeavesNothing() throws IOException {
        try (Staging staging = storage.stage()) {
            staging.write(mail("never"));
            assertThat(staging.size()).isEqualTo(mail("never").length);
        }
        try (UserMail user = storage.open("anna")) {
            assertThat(user.status(user.mailboxes().getFirst().id()).messages()).isZero();
        }
    }

    @Test
    void aLargeMessageGoesThroughTheStagingByteForByte() throws IOException {
        byte[] large = new byte[3_000_000];
        byte[] line = "0123456789 abcdefghijklmnopqrstuvwxyz\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] header = "Subject: large\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(header, 0, large, 0, header.length);
        for (int at = header.length; at < large.length; at++) {
            large[at] = line[(at - header.length) % line.length];
        }
        deliver(large, target("anna", "INBOX", ""));
        reopenWhenDurable();
        try (UserMail user = storage.open("anna");
                Mailbox inbox = user.open(user.mailboxes().getFirst().id());
                MessageCursor cursor = inbox.cursor()) {
            assertThat(cursor.seek(1)).isTrue();
            assertThat(cursor.content().bytes()).isEqualTo(large);
            try (var part = cursor.content().open(1_000_000, 1000)) {
                assertThat(part.readAllBytes()).isEqualTo(Arrays.copyOfRange(large, 1_000_000, 1_001_000));
            }
        }
    }

    private static Target target(String user, String mailbox, String head) {
        return new Target(user, name(mailbox), head.getBytes(StandardCharsets.US_ASCII), Flags.NONE, DATE);
    }

    private List<Delivered> deliver(byte[] content, Target... targets) throws IOException {
        try (Staging staging = storage.stage()) {
            staging.write(content);
            StagedMessage message = staging.finish();
            return storage.deliver(message, List.of(targets));
        }
    }
}
