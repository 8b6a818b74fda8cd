package palomar.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import palomar.mail.Flags;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxId;
import palomar.mail.MailboxName;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.storage.FlagChange;
import palomar.storage.Mailbox;
import palomar.storage.QuotaLimits;
import palomar.storage.QuotaUsage;
import palomar.storage.Staging;
import palomar.storage.Storage;
import palomar.storage.Storage.Delivered;
import palomar.storage.UserMail;

/// What every [Storage] promises about usage and limits of a user.
public abstract class QuotaContract extends StoreContract {
    private static final byte[] MAIL = StorageContract.mail("quota");
    private static final long NO = QuotaLimits.UNLIMITED;

    private static QuotaUsage usage(long mails, long mailboxes, long annotations) {
        return new QuotaUsage(mails * MAIL.length, mails, mailboxes, annotations);
    }

    private static Mailbox box(UserMail user, String name) {
        return user.open(id(user, name));
    }

    private static MailboxId id(UserMail user, String name) {
        return user.find(MailboxName.of(name)).orElseThrow().id();
    }

    private void append(UserMail user, String name) throws IOException {
        try (Mailbox mailbox = box(user, name)) {
            MailboxFixture.append(storage, mailbox, MAIL);
        }
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void overQuota(String resource, Action action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.kind()).isEqualTo(MailError.OVER_QUOTA))
                .hasMessageContaining(resource);
    }

    @Test
    void usageFollowsEachChangeAndIsTheSameAfterReopening() throws IOException {
        try (UserMail user = storage.open("anna")) {
            assertThat(user.quota().usage()).isEqualTo(usage(0, 1, 0));
            user.create(MailboxName.of("a/b"), Set.of());
            append(user, "INBOX");
            append(user, "a/b");
            append(user, "a/b");
            assertThat(user.quota().usage()).isEqualTo(usage(3, 3, 0));
            try (Mailbox from = box(user, "a/b");
                    Mailbox to = box(user, "INBOX")) {
                from.copy(UidSet.ALL, to);
                assertThat(user.quota().usage()).isEqualTo(usage(5, 3, 0));
                from.move(UidSet.ofRange(1, 1), to);
                assertThat(user.quota().usage()).isEqualTo(usage(5, 3, 0));
                to.store(UidSet.ofRange(1, 2), FlagChange.add(Flags.of(SystemFlags.DELETED)), -1);
                assertThat(user.quota().usage()).isEqualTo(usage(5, 3, 0));
                to.expunge(UidSet.ALL);
                assertThat(user.quota().usage()).isEqualTo(usage(3, 3, 0));
            }
            user.attributes()
                    .change(Map.of("metadata/private/x", Optional.of(new byte[7]), "other/x", Optional.of(MAIL)));
            user.attributes(id(user, "a/b")).change(Map.of("metadata/shared/x", Optional.of(new byte[20])));
            assertThat(user.quota().usage()).isEqualTo(usage(3, 3, 27));
        }
        reopenWhenDurable();
        try (UserMail user = storage.open("anna")) {
            assertThat(user.quota().usage()).isEqualTo(usage(3, 3, 27));
            user.rename(MailboxName.INBOX, MailboxName.of("old"));
            assertThat(user.quota().usage()).isEqualTo(usage(3, 4, 27));
            user.delete(MailboxName.of("a/b"));
            assertThat(user.quota().usage()).isEqualTo(usage(2, 3, 7));
            user.delete(MailboxName.of("old"));
            user.attributes().change(Map.of("metadata/private/x", Optional.empty()));
            assertThat(user.quota().usage()).isEqualTo(usage(0, 2, 0));
        }
        reopenWhenDurable();
        try (UserMail user = storage.open("anna")) {
            assertThat(user.quota().usage()).isEqualTo(usage(0, 2, 0));
        }
    }

    @Test
    void eachWayInEndsAtTheLimitAndLeavesNothingBehind() throws IOException {
        try (UserMail user = storage.open("anna");
                Mailbox inbox = box(user, "INBOX")) {
            user.create(MailboxName.of("a"), Set.of());
            append(user, "INBOX");
            append(user, "INBOX");
            try (Mailbox other = box(user, "a")) {
                user.quota().configured(new QuotaLimits(3L * MAIL.length, NO, NO, NO));
                overQuota("storage", () -> inbox.copy(UidSet.ALL, other));
                inbox.copy(UidSet.ofRange(1, 1), other);
                overQuota("storage", () -> append(user, "a"));
                inbox.move(UidSet.ofRange(1, 1), other);
                user.quota().configured(new QuotaLimits(NO, 3, NO, NO));
                overQuota("messages", () -> append(user, "INBOX"));
                assertThat(deliver("anna"))
                        .isInstanceOfSatisfying(
                                Delivered.Failed.class,
                                failed -> assertThat(failed.why().kind()).isEqualTo(MailError.OVER_QUOTA));
                assertThat(inbox.status().uidNext()).isEqualTo(3);
                assertThat(other.status().uidNext()).isEqualTo(3);
                assertThat(user.quota().usage()).isEqualTo(usage(3, 2, 0));
            }
        }
    }

    @Test
    void oneFullUserDoesNotKeepADeliveryFromOthers() throws IOException {
        try (UserMail user = storage.open("anna")) {
            user.quota().configured(new QuotaLimits(NO, 1, NO, NO));
            List<Delivered> results = deliverTo("bob", "anna", "anna", "carl");
            assertThat(results.get(0)).isInstanceOf(Delivered.Stored.class);
            assertThat(results.get(1)).isInstanceOf(Delivered.Stored.class);
            assertThat(results.get(2)).isInstanceOf(Delivered.Failed.class);
            assertThat(results.get(3)).isInstanceOf(Delivered.Stored.class);
            assertThat(user.quota().usage().messages()).isEqualTo(1);
        }
    }

    @Test
    void mailboxesAndAnnotationsHaveLimitsToo() throws IOException {
        try (UserMail user = storage.open("anna")) {
            user.quota().configured(new QuotaLimits(NO, NO, 3, 10));
            user.create(MailboxName.of("a"), Set.of());
            overQuota("mailboxes", () -> user.create(MailboxName.of("b/c"), Set.of()));
            assertThat(user.mailboxes()).hasSize(2);
            user.create(MailboxName.of("b"), Set.of());
            overQuota("mailboxes", () -> user.rename(MailboxName.INBOX, MailboxName.of("old")));
            user.rename(MailboxName.of("b"), MailboxName.of("c"));
            user.delete(MailboxName.of("a"));
            user.create(MailboxName.of("d"), Set.of());
            user.attributes().change(Map.of("metadata/private/x", Optional.of(new byte[6])));
            overQuota(
                    "annotation",
                    () -> user.attributes(id(user, "d")).change(Map.of("metadata/shared/x", Optional.of(new byte[5]))));
            user.attributes(id(user, "d")).change(Map.of("metadata/shared/x", Optional.of(new byte[4])));
            user.attributes(id(user, "d")).change(Map.of("acl/x", Optional.of(new byte[400])));
            assertThat(user.quota().usage()).isEqualTo(usage(0, 3, 10));
        }
    }

    @Test
    void whoIsOverALowerLimitCanMoveAndDeleteAndNothingElse() throws IOException {
        try (UserMail user = storage.open("anna");
                Mailbox inbox = box(user, "INBOX")) {
            user.create(MailboxName.of("a"), Set.of());
            append(user, "INBOX");
            append(user, "INBOX");
            user.quota().configured(new QuotaLimits(1, 1, 1, 1));
            try (Mailbox other = box(user, "a")) {
                inbox.move(UidSet.ofRange(1, 1), other);
                overQuota("storage", () -> other.copy(UidSet.ALL, inbox));
                other.store(UidSet.ALL, FlagChange.add(Flags.of(SystemFlags.DELETED)), -1);
                other.expunge(UidSet.ALL);
            }
            user.delete(MailboxName.of("a"));
            assertThat(user.quota().usage()).isEqualTo(usage(1, 1, 0));
        }
    }

    @Test
    void aMessageThatReplacesAnotherNeedsRoomForTheDifferenceOnly() throws IOException {
        byte[] longer = StorageContract.mail("a longer one");
        try (UserMail user = storage.open("anna");
                Mailbox inbox = box(user, "INBOX");
                Staging staging = storage.stage()) {
            append(user, "INBOX");
            staging.write(longer);
            var message = new Mailbox.NewMessage(staging.finish(), new byte[0], Flags.NONE, StorageContract.DATE);
            user.quota().configured(new QuotaLimits(longer.length - 1, 1, NO, NO));
            overQuota("storage", () -> inbox.replace(1, message, inbox));
            assertThat(user.quota().usage()).isEqualTo(usage(1, 1, 0));
            user.quota().configured(new QuotaLimits(longer.length, 1, NO, NO));
            assertThat(inbox.replace(1, message, inbox).uids()).isEqualTo(UidSet.of(2));
            assertThat(user.quota().usage()).isEqualTo(new QuotaUsage(longer.length, 1, 1, 0));
        }
    }

    @Test
    void limitsThatWereSetWinOverConfiguredOnesAndAreDurable() throws IOException {
        QuotaLimits set = new QuotaLimits(1000, 20, NO, 0);
        QuotaLimits configured = new QuotaLimits(NO, 1, NO, NO);
        try (UserMail user = storage.open("anna")) {
            assertThat(user.quota().limits()).isEqualTo(QuotaLimits.NONE);
            user.quota().configured(configured);
            user.quota().set(Optional.of(set));
            assertThat(user.quota().limits()).isEqualTo(set);
        }
        reopenWhenDurable();
        try (UserMail user = storage.open("anna")) {
            user.quota().configured(configured);
            assertThat(user.quota().limits()).isEqualTo(set);
            user.quota().set(Optional.empty());
            assertThat(user.quota().limits()).isEqualTo(configured);
        }
    }

    @Test
    void ofManyAtOnceExactlyAsManyAsFitGetIn() throws Exception {
        int most = 37;
        try (UserMail user = storage.open("anna")) {
            user.quota().configured(new QuotaLimits((long) most * MAIL.length, NO, NO, NO));
            user.create(MailboxName.of("a"), Set.of());
            AtomicInteger stored = new AtomicInteger();
            AtomicInteger refused = new AtomicInteger();
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String name = i % 2 == 0 ? "INBOX" : "a";
                writers.add(Thread.ofVirtual().start(() -> {
                    for (int k = 0; k < 10; k++) {
                        try {
                            append(user, name);
                            stored.incrementAndGet();
                        } catch (MailException full) {
                            refused.incrementAndGet();
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    }
                }));
            }
            for (Thread writer : writers) {
                writer.join();
            }
            assertThat(stored).hasValue(most);
            assertThat(refused).hasValue(80 - most);
            assertThat(user.quota().usage()).isEqualTo(usage(most, 2, 0));
        }
    }

    private Delivered deliver(String user) throws IOException {
        return deliverTo(user).getFirst();
    }

    private List<Delivered> deliverTo(String... users) throws IOException {
        List<Storage.Target> targets = new ArrayList<>();
        for (String user : users) {
            targets.add(new Storage.Target(user, MailboxName.INBOX, new byte[0], Flags.NONE, StorageContract.DATE));
        }
        try (Staging staging = storage.stage()) {
            staging.write(MAIL);
            return storage.deliver(staging.finish(), targets);
        }
    }
}
