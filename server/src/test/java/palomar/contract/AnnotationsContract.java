package palomar.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import palomar.mail.Flags;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.storage.FlagChange;
import palomar.storage.Mailbox;
import palomar.storage.MessageCursor;
import palomar.storage.NamedValues;
import palomar.storage.QuotaLimits;
import palomar.storage.Staging;
import palomar.storage.UserMail;
import palomar.storage.Watch;

/// What every [Storage] promises about annotations of messages. RFC 5257
public abstract class AnnotationsContract extends StoreContract {
    private static final String PRIVATE = "annotate/private/comment";
    private static final String SHARED = "annotate/shared/comment";

    private UserMail anna;
    private Mailbox inbox;

    @BeforeEach
    @Override
    void openStore() throws IOException {
        super.openStore();
        anna = storage.open("anna");
        inbox = mailbox(anna, "INBOX");
    }

    @AfterEach
    @Override
    void closeStore() {
        inbox.close();
        anna.close();
        super.closeStore();
    }

    private static Mailbox mailbox(UserMail mail, String name) {
        return mail.open(mail.find(MailboxName.of(name))
                .orElseGet(() -> mail.create(MailboxName.of(name), Set.of()))
                .id());
    }

    private void fill(int messages) throws IOException {
        for (int i = 0; i < messages; i++) {
            MailboxFixture.append(storage, inbox, StorageContract.mail("message " + i));
        }
    }

    private static Optional<byte[]> value(String text) {
        return Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> all(NamedValues values) {
        Map<String, String> all = new TreeMap<>();
        values.under("").forEach((name, value) -> all.put(name, new String(value, StandardCharsets.UTF_8)));
        return all;
    }

    private static Map<String, String> of(Mailbox mailbox, long uid) {
        return all(mailbox.annotations(uid));
    }

    private static void refused(MailError kind, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static long modSeq(Mailbox mailbox, long uid) {
        try (MessageCursor row = mailbox.cursor()) {
            assertThat(row.seek(uid)).isTrue();
            return row.modSeq();
        }
    }

    @Test
    void annotationsChangeTheModSequenceAndAreThereAfterReopening() throws IOException {
        fill(3);
        long before = inbox.status().highestModSeq();
        assertThat(inbox.annotations(1)).isSameAs(NamedValues.NONE);
        Mailbox.Changed changed =
                inbox.annotate(UidSet.of(1, 3, 9), Map.of(PRIVATE, value("mine"), SHARED, value("ours")), -1);
        assertThat(changed.changed()).isEqualTo(UidSet.of(1, 3));
        assertThat(changed.refused().isEmpty()).isTrue();
        assertThat(changed.modSeq()).isGreaterThan(before);
        assertThat(modSeq(inbox, 1)).isEqualTo(changed.modSeq());
        assertThat(modSeq(inbox, 2)).isLessThanOrEqualTo(before);
        assertThat(inbox.changedSince(before)).isEqualTo(UidSet.of(1, 3));
        assertThat(inbox.annotate(UidSet.of(1), Map.of(SHARED, Optional.empty()), -1)
                        .changed())
                .isEqualTo(UidSet.of(1));
        reopenWhenDurable();
        assertThat(of(inbox, 1)).isEqualTo(Map.of(PRIVATE, "mine"));
        assertThat(of(inbox, 2)).isEmpty();
        assertThat(of(inbox, 3)).isEqualTo(Map.of(PRIVATE, "mine", SHARED, "ours"));
        assertThat(inbox.annotated()).isEqualTo(UidSet.of(1, 3));
        assertThat(inbox.changedSince(before)).isEqualTo(UidSet.of(1, 3));
    }

    @Test
    void whatMakesNoDifferenceChangesNothing() throws IOException {
        fill(2);
        inbox.annotate(UidSet.of(1), Map.of(SHARED, value("x")), -1);
        long before = inbox.status().highestModSeq();
        Mailbox.Changed same = inbox.annotate(UidSet.of(1), Map.of(SHARED, value("x")), -1);
        assertThat(same.changed().isEmpty()).isTrue();
        assertThat(inbox.annotate(UidSet.ALL, Map.of(PRIVATE, Optional.empty()), -1)
                        .changed()
                        .isEmpty())
                .isTrue();
        assertThat(inbox.status().highestModSeq()).isEqualTo(before);
        assertThat(inbox.annotate(UidSet.ALL, Map.of(SHARED, value("x")), -1).changed())
                .isEqualTo(UidSet.of(2));
    }

    @Test
    void unchangedSinceProtectsAlsoFromOlderAnnotationsAndFlags() throws IOException {
        fill(2);
        long before = inbox.status().highestModSeq();
        inbox.annotate(UidSet.of(1), Map.of(SHARED, value("x")), -1);
        Mailbox.Changed changed = inbox.annotate(UidSet.ALL, Map.of(SHARED, value("y")), before);
        assertThat(changed.refused()).isEqualTo(UidSet.of(1));
        assertThat(changed.changed()).isEqualTo(UidSet.of(2));
        Mailbox.Changed flags = inbox.store(UidSet.ALL, FlagChange.add(Flags.of(SystemFlags.SEEN)), before);
        assertThat(flags.refused()).isEqualTo(UidSet.of(1, 2));
        assertThat(of(inbox, 1)).isEqualTo(Map.of(SHARED, "x"));
    }

    @Test
    void watchersOfTheMailboxAndOfTheUserAreWoken() throws IOException {
        fill(1);
        List<String> woken = new ArrayList<>();
        Watch one = inbox.watch(() -> woken.add("mailbox"));
        Watch all = anna.watchMessages(id -> woken.add(id.equals(inbox.id()) ? "user" : "wrong"));
        inbox.annotate(UidSet.of(1), Map.of(SHARED, value("x")), -1);
        inbox.annotate(UidSet.of(1), Map.of(SHARED, value("x")), -1);
        one.close();
        all.close();
        assertThat(woken).containsExactlyInAnyOrder("mailbox", "user");
    }

    @Test
    void newMessagesComeWithAnnotations() throws IOException {
        NamedValues with = NamedValues.NONE.with(Map.of(SHARED, value("new")));
        try (Staging first = storage.stage();
                Staging second = storage.stage()) {
            first.write(StorageContract.mail("one"));
            second.write(StorageContract.mail("two"));
            inbox.append(List.of(
                    new Mailbox.NewMessage(first.finish(), new byte[0], Flags.NONE, StorageContract.DATE),
                    new Mailbox.NewMessage(second.finish(), new byte[0], Flags.NONE, StorageContract.DATE, with)));
        }
        try (Staging third = storage.stage()) {
            third.write(StorageContract.mail("three"));
            inbox.replace(
                    1,
                    new Mailbox.NewMessage(third.finish(), new byte[0], Flags.NONE, StorageContract.DATE, with),
                    inbox);
        }
        reopenWhenDurable();
        assertThat(inbox.annotated()).isEqualTo(UidSet.of(2, 3));
        assertThat(of(inbox, 3)).isEqualTo(Map.of(SHARED, "new"));
        assertThat(modSeq(inbox, 2)).isLessThan(modSeq(inbox, 3));
    }

    @Test
    void copiesAndMovesKeepThem() throws IOException {
        fill(3);
        inbox.annotate(UidSet.of(1, 2), Map.of(PRIVATE, value("mine"), SHARED, value("ours")), -1);
        try (Mailbox other = mailbox(anna, "other")) {
            inbox.copy(UidSet.of(1, 3), other);
            inbox.move(UidSet.of(2), other);
            assertThat(modSeq(other, 3)).isEqualTo(other.status().highestModSeq());
        }
        reopenWhenDurable();
        try (Mailbox other = mailbox(anna, "other")) {
            assertThat(of(other, 1)).isEqualTo(Map.of(PRIVATE, "mine", SHARED, "ours"));
            assertThat(of(other, 2)).isEmpty();
            assertThat(of(other, 3)).isEqualTo(Map.of(PRIVATE, "mine", SHARED, "ours"));
        }
        assertThat(inbox.annotated()).isEqualTo(UidSet.of(1));
    }

    @Test
    void anotherUsersMailboxGetsOnlySharedOnes() throws IOException {
        fill(2);
        inbox.annotate(UidSet.of(1), Map.of(PRIVATE, value("mine"), SHARED, value("ours")), -1);
        inbox.annotate(UidSet.of(2), Map.of(PRIVATE, value("mine")), -1);
        try (UserMail bob = storage.open("bob");
                Mailbox his = mailbox(bob, "INBOX")) {
            inbox.copy(UidSet.ALL, his);
            assertThat(of(his, 1)).isEqualTo(Map.of(SHARED, "ours"));
            assertThat(his.annotated()).isEqualTo(UidSet.of(1));
        }
    }

    @Test
    void theyGoWithTheMessageAndStayWhenInboxIsRenamed() throws IOException {
        fill(3);
        inbox.annotate(UidSet.ALL, Map.of(SHARED, value("x")), -1);
        inbox.store(UidSet.of(2), FlagChange.add(Flags.of(SystemFlags.DELETED)), -1);
        inbox.expunge(UidSet.ALL);
        assertThat(inbox.annotated()).isEqualTo(UidSet.of(1, 3));
        assertThat(of(inbox, 2)).isEmpty();
        anna.rename(MailboxName.INBOX, MailboxName.of("old"));
        assertThat(inbox.annotated().isEmpty()).isTrue();
        reopenWhenDurable();
        try (Mailbox old = mailbox(anna, "old")) {
            assertThat(old.annotated()).isEqualTo(UidSet.of(1, 2));
            assertThat(of(old, 2)).isEqualTo(Map.of(SHARED, "x"));
        }
    }

    @Test
    void theyCountForTheQuotaOfAnnotations() throws IOException {
        fill(2);
        inbox.annotate(UidSet.ALL, Map.of(SHARED, value("12345")), -1);
        assertThat(anna.quota().usage().annotations()).isEqualTo(10);
        try (Mailbox other = mailbox(anna, "other")) {
            inbox.copy(UidSet.of(1), other);
            inbox.move(UidSet.of(2), other);
        }
        assertThat(anna.quota().usage().annotations()).isEqualTo(15);
        reopenWhenDurable();
        assertThat(anna.quota().usage().annotations()).isEqualTo(15);
        anna.quota()
                .configured(new QuotaLimits(QuotaLimits.UNLIMITED, QuotaLimits.UNLIMITED, QuotaLimits.UNLIMITED, 20));
        refused(MailError.OVER_QUOTA, () -> inbox.annotate(UidSet.of(1), Map.of(PRIVATE, value("123456")), -1));
        inbox.annotate(UidSet.of(1), Map.of(PRIVATE, value("12345")), -1);
        anna.delete(MailboxName.of("other"));
        assertThat(anna.quota().usage().annotations()).isEqualTo(10);
        assertThat(of(inbox, 1)).isEqualTo(Map.of(PRIVATE, "12345", SHARED, "12345"));
    }

    @Test
    void limitsHoldAndChangeNothing() throws IOException {
        fill(20);
        byte[] large = new byte[(1 << 20) - 100];
        refused(MailError.LIMIT, () -> inbox.annotate(UidSet.ALL, Map.of(SHARED, Optional.of(large)), -1));
        refused(
                MailError.LIMIT,
                () -> inbox.annotate(UidSet.of(1), Map.of(SHARED, Optional.of(new byte[(1 << 20) + 1])), -1));
        assertThat(inbox.annotated().isEmpty()).isTrue();
        inbox.annotate(UidSet.ofRange(1, 16), Map.of(SHARED, Optional.of(large)), -1);
        refused(MailError.LIMIT, () -> inbox.copy(UidSet.of(1), inbox));
        inbox.annotate(UidSet.ofRange(1, 2), Map.of(SHARED, value("small")), -1);
        inbox.copy(UidSet.of(3), inbox);
        assertThat(inbox.annotated()).isEqualTo(UidSet.ofRange(1, 16).union(UidSet.of(21)));
    }

    @Test
    void aDeletedMailboxTakesNone() throws IOException {
        try (Mailbox other = mailbox(anna, "other")) {
            MailboxFixture.append(storage, other, StorageContract.mail("one"));
            anna.delete(MailboxName.of("other"));
            refused(MailError.NOT_FOUND, () -> other.annotate(UidSet.of(1), Map.of(SHARED, value("x")), -1));
        }
    }
}
