package palomar.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static palomar.mail.SystemFlags.DELETED;
import static palomar.mail.SystemFlags.FLAGGED;
import static palomar.mail.SystemFlags.SEEN;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import palomar.bytes.ByteSource;
import palomar.mail.FlagMask;
import palomar.mail.Flags;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.mail.UidSet;
import palomar.storage.FlagChange;
import palomar.storage.Kept;
import palomar.storage.Mailbox;
import palomar.storage.MailboxStatus;
import palomar.storage.MailboxView;
import palomar.storage.MessageCursor;
import palomar.storage.Staging;
import palomar.storage.UserMail;
import palomar.storage.Watch;

/// What every [Mailbox] promises. A store subclasses it and supplies itself.
public abstract class MailboxContract extends StoreContract {
    private UserMail user;
    private Mailbox inbox;

    @BeforeEach
    @Override
    void openStore() throws IOException {
        super.openStore();
        user = storage.open("anna");
        inbox = user.open(user.find(MailboxName.INBOX).orElseThrow().id());
    }

    @AfterEach
    @Override
    void closeStore() {
        inbox.close();
        user.close();
        super.closeStore();
    }

    private void fill(int count) throws IOException {
        for (int i = 1; i <= count; i++) {
            MailboxFixture.append(storage, inbox, StorageContract.mail("m" + i));
        }
    }

    private Mailbox other() {
        return user.open(user.create(MailboxName.of("other"), Set.of()).id());
    }

    private static List<Long> uids(MailboxView view) {
        return IntStream.rangeClosed(1, view.count()).mapToObj(view::uid).toList();
    }

    private Flags flags(Mailbox mailbox, long uid) {
        try (MessageCursor cursor = mailbox.cursor()) {
            assertThat(cursor.seek(uid)).as("row of UID " + uid).isTrue();
            List<String> keywords = mailbox.keywords();
            List<String> names = IntStream.range(0, keywords.size())
                    .filter(bit -> (cursor.keywordBits() >>> bit & 1) != 0)
                    .mapToObj(keywords::get)
                    .toList();
            return new Flags(cursor.systemFlags(), names);
        }
    }

    private long modSeq(long uid) {
        try (MessageCursor cursor = inbox.cursor()) {
            assertThat(cursor.seek(uid)).isTrue();
            return cursor.modSeq();
        }
    }

    @Test
    void appendGivesAscendingUidsAndKeepsWhatWasGiven() throws IOException {
        MailboxFixture.append(storage, inbox, StorageContract.mail("a"), Flags.of(SEEN, "$Junk"), StorageContract.DATE);
        fill(2);
        reopenWhenDurable();
        assertThat(uids(inbox.view())).containsExactly(1L, 2L, 3L);
        assertThat(flags(inbox, 1)).isEqualTo(Flags.of(SEEN, "$Junk"));
        assertThat(flags(inbox, 2)).isEqualTo(Flags.NONE);
        try (MessageCursor cursor = inbox.cursor()) {
            assertThat(cursor.seek(1)).isTrue();
            assertThat(cursor.content().bytes()).isEqualTo(StorageContract.mail("a"));
            assertThat(cursor.internalDate()).isEqualTo(StorageContract.DATE);
            assertThat(cursor.size()).isEqualTo(StorageContract.mail("a").length);
            assertThat(cursor.seek(4)).isFalse();
            assertThat(cursor.seek(2)).as("backwards").isTrue();
        }
    }

    @Test
    void statusCountsWhatIsThere() throws IOException {
        fill(4);
        inbox.store(UidSet.of(1, 2), FlagChange.add(Flags.of(SEEN)), -1);
        inbox.store(UidSet.of(2, 3), FlagChange.add(Flags.of(DELETED)), -1);
        long size = StorageContract.mail("m1").length;
        reopenWhenDurable();
        MailboxStatus status = inbox.status();
        assertThat(status.messages()).isEqualTo(4);
        assertThat(status.unseen()).isEqualTo(2);
        assertThat(status.deleted()).isEqualTo(2);
        assertThat(status.deletedBytes()).isEqualTo(2 * size);
        assertThat(status.size()).isEqualTo(4 * size);
        assertThat(status.uidNext()).isEqualTo(5);
        assertThat(user.status(inbox.id())).isEqualTo(status);
        inbox.expunge(UidSet.ALL);
        assertThat(inbox.status().messages()).isEqualTo(2);
        assertThat(inbox.status().unseen()).isEqualTo(1);
        assertThat(inbox.status().deleted()).isZero();
        assertThat(inbox.status().deletedBytes()).isZero();
        assertThat(inbox.status().size()).isEqualTo(2 * size);
        assertThat(inbox.status().uidNext()).isEqualTo(5);
    }

    @Test
    void storeAddsRemovesAndReplaces() throws IOException {
        fill(1);
        UidSet one = UidSet.of(1);
        inbox.store(one, FlagChange.add(Flags.of(SEEN, "a", "b")), -1);
        inbox.store(one, FlagChange.add(Flags.of(FLAGGED, "B", "c")), -1);
        assertThat(flags(inbox, 1)).isEqualTo(Flags.of(SEEN | FLAGGED, "a", "b", "c"));
        inbox.store(one, FlagChange.remove(Flags.of(SEEN, "a", "never")), -1);
        assertThat(flags(inbox, 1)).isEqualTo(Flags.of(FLAGGED, "b", "c"));
        inbox.store(one, FlagChange.replace(Flags.of(DELETED, "d")), -1);
        reopenWhenDurable();
        assertThat(flags(inbox, 1)).isEqualTo(Flags.of(DELETED, "d"));
        assertThat(inbox.keywords()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void eachChangeHasOneLargerModSeqAndNoChangeHasNone() throws IOException {
        fill(3);
        long before = inbox.status().highestModSeq();
        Mailbox.Changed first = inbox.store(UidSet.of(1, 2), FlagChange.add(Flags.of(SEEN)), -1);
        assertThat(first.modSeq()).isGreaterThan(before);
        assertThat(first.changed()).isEqualTo(UidSet.of(1, 2));
        assertThat(modSeq(1)).isEqualTo(first.modSeq());
        assertThat(modSeq(2)).isEqualTo(first.modSeq());
        assertThat(modSeq(3)).isLessThanOrEqualTo(before);
        Mailbox.Changed same = inbox.store(UidSet.of(1, 2), FlagChange.add(Flags.of(SEEN)), -1);
        assertThat(same.changed().isEmpty()).isTrue();
        assertThat(inbox.status().highestModSeq()).isEqualTo(first.modSeq());
        assertThat(inbox.changedSince(before)).isEqualTo(UidSet.of(1, 2));
        Mailbox.Changed partly = inbox.store(UidSet.ALL, FlagChange.add(Flags.of(SEEN)), -1);
        assertThat(partly.changed()).isEqualTo(UidSet.of(3));
        assertThat(modSeq(1)).isEqualTo(first.modSeq());
    }

    @Test
    void unchangedSinceProtectsWhatChangedMeanwhile() throws IOException {
        fill(3);
        long known = inbox.status().highestModSeq();
        inbox.store(UidSet.of(2), FlagChange.add(Flags.of(FLAGGED)), -1);
        Mailbox.Changed result = inbox.store(UidSet.of(1, 2, 3, 99), FlagChange.add(Flags.of(SEEN)), known);
        assertThat(result.changed()).isEqualTo(UidSet.of(1, 3));
        assertThat(result.refused()).isEqualTo(UidSet.of(2));
        assertThat(flags(inbox, 2)).isEqualTo(Flags.of(FLAGGED));
    }

    @Test
    void aMailboxHasSixtyFourKeywordsAndNoMore() throws IOException {
        fill(1);
        String[] names =
                IntStream.range(0, Mailbox.MAX_KEYWORDS).mapToObj(i -> "k" + i).toArray(String[]::new);
        inbox.store(UidSet.of(1), FlagChange.add(Flags.of(0, names)), -1);
        assertThat(flags(inbox, 1).keywords()).containsExactly(names);
        try {
            inbox.store(UidSet.of(1), FlagChange.add(Flags.of(0, "one-too-many")), -1);
        } catch (MailException refused) {
            assertThat(refused.kind()).isEqualTo(MailError.LIMIT);
            assertThat(flags(inbox, 1).keywords()).containsExactly(names);
            return;
        }
        throw new AssertionError("was not refused");
    }

    @Test
    void copyKeepsFlagsDatesAndGuidsUnderNewUids() throws IOException {
        fill(1);
        MailboxFixture.append(
                storage, inbox, StorageContract.mail("b"), Flags.of(SEEN, "$x"), StorageContract.DATE.minusSeconds(9));
        fill(1);
        try (Mailbox other = other()) {
            MailboxFixture.append(
                    storage, other, StorageContract.mail("there"), Flags.of(0, "y"), StorageContract.DATE);
            Mailbox.Copied copied = inbox.copy(UidSet.of(2, 3, 77), other);
            assertThat(copied.source()).isEqualTo(UidSet.of(2, 3));
            assertThat(copied.target()).isEqualTo(UidSet.of(2, 3));
            assertThat(copied.uidValidity()).isEqualTo(other.uidValidity());
            assertThat(inbox.view().count()).isEqualTo(3);
            assertThat(flags(other, 2)).isEqualTo(Flags.of(SEEN, "$x"));
            try (MessageCursor from = inbox.cursor();
                    MessageCursor to = other.cursor()) {
                assertThat(from.seek(2)).isTrue();
                assertThat(to.seek(2)).isTrue();
                assertThat(to.guid()).isEqualTo(from.guid());
                assertThat(to.internalDate()).isEqualTo(from.internalDate());
                assertThat(to.content().bytes()).isEqualTo(StorageContract.mail("b"));
            }
        }
    }

    @Test
    void copyAndMoveLeaveOutFlagsThatMayNotBeKept() throws IOException {
        for (int i = 0; i < 2; i++) {
            MailboxFixture.append(
                    storage, inbox, StorageContract.mail("b"), Flags.of(SEEN | DELETED, "$x"), StorageContract.DATE);
        }
        try (Mailbox other = other()) {
            inbox.copy(UidSet.of(1), other, Kept.of(new FlagMask(SEEN, false)));
            inbox.move(UidSet.of(1), other, Kept.of(new FlagMask(0, true)));
            inbox.move(UidSet.of(2), other, Kept.ALL);
            assertThat(flags(other, 1)).isEqualTo(Flags.of(SEEN));
            assertThat(flags(other, 2)).isEqualTo(Flags.of(0, "$x"));
            assertThat(flags(other, 3)).isEqualTo(Flags.of(SEEN | DELETED, "$x"));
            assertThat(other.status().unseen()).isEqualTo(1);
            assertThat(other.status().deleted()).isEqualTo(1);
            assertThat(inbox.view().count()).isZero();
        }
    }

    @Test
    void copyIntoItselfMakesNewMessages() throws IOException {
        fill(2);
        Mailbox.Copied copied = inbox.copy(UidSet.ALL, inbox);
        assertThat(copied.target()).isEqualTo(UidSet.of(3, 4));
        assertThat(inbox.view().count()).isEqualTo(4);
    }

    @Test
    void moveIsCopyAndExpungeAtOnce() throws IOException {
        fill(3);
        try (Mailbox other = other()) {
            long before = inbox.status().highestModSeq();
            Mailbox.Copied moved = inbox.move(UidSet.of(1, 3), other);
            assertThat(moved.source()).isEqualTo(UidSet.of(1, 3));
            assertThat(uids(inbox.view())).containsExactly(2L);
            assertThat(uids(other.view())).containsExactly(1L, 2L);
            assertThat(inbox.vanishedSince(before, UidSet.ALL)).isEqualTo(UidSet.of(1, 3));
            assertThat(inbox.status().highestModSeq()).isGreaterThan(before);
        }
        reopenWhenDurable();
        assertThat(uids(inbox.view())).containsExactly(2L);
    }

    private Mailbox.NewMessage replacement(Staging staging) throws IOException {
        staging.write(StorageContract.mail("new"));
        return new Mailbox.NewMessage(
                staging.finish(), new byte[0], Flags.of(SEEN, "$Work"), Instant.parse("2026-01-02T03:04:05Z"));
    }

    @Test
    void replaceIsAppendAndExpungeAtOnce() throws IOException {
        fill(3);
        long before = inbox.status().highestModSeq();
        try (Staging staging = storage.stage()) {
            Mailbox.Appended made = inbox.replace(2, replacement(staging), inbox);
            assertThat(made.uids()).isEqualTo(UidSet.of(4));
            assertThat(made.uidValidity()).isEqualTo(inbox.uidValidity());
        }
        assertThat(inbox.vanishedSince(before, UidSet.ALL)).isEqualTo(UidSet.of(2));
        assertThat(inbox.changedSince(before)).isEqualTo(UidSet.of(4));
        reopenWhenDurable();
        assertThat(uids(inbox.view())).containsExactly(1L, 3L, 4L);
        assertThat(inbox.status().messages()).isEqualTo(3);
        assertThat(inbox.status().unseen()).isEqualTo(2);
        try (MessageCursor row = inbox.cursor()) {
            assertThat(row.seek(4)).isTrue();
            assertThat(row.content().bytes()).isEqualTo(StorageContract.mail("new"));
            assertThat(row.systemFlags()).isEqualTo(SEEN);
        }
    }

    @Test
    void replaceIntoAnotherMailbox() throws IOException {
        fill(2);
        try (Mailbox other = other();
                Staging staging = storage.stage()) {
            List<String> woken = new ArrayList<>();
            Watch here = inbox.watch(() -> woken.add("inbox"));
            Watch there = other.watch(() -> woken.add("other"));
            assertThat(inbox.replace(1, replacement(staging), other).uids()).isEqualTo(UidSet.of(1));
            here.close();
            there.close();
            assertThat(woken).contains("inbox", "other");
            assertThat(uids(other.view())).containsExactly(1L);
            assertThat(other.keywords()).containsExactly("$Work");
        }
        reopenWhenDurable();
        assertThat(uids(inbox.view())).containsExactly(2L);
    }

    @Test
    void aMessageThatIsGoneCannotBeReplaced() throws IOException {
        fill(2);
        inbox.store(UidSet.of(1), FlagChange.add(Flags.of(DELETED)), -1);
        inbox.expunge(UidSet.of(1));
        for (long uid : new long[] {1, 3}) {
            try (Staging staging = storage.stage()) {
                Mailbox.NewMessage message = replacement(staging);
                assertThatThrownBy(() -> inbox.replace(uid, message, inbox))
                        .isInstanceOfSatisfying(
                                MailException.class, e -> assertThat(e.kind()).isEqualTo(MailError.EXPUNGED));
            }
        }
        assertThat(uids(inbox.view())).containsExactly(2L);
    }

    @Test
    void expungeTakesOnlyWhatIsDeletedAndAskedFor() throws IOException {
        fill(5);
        inbox.store(UidSet.of(1, 2, 4), FlagChange.add(Flags.of(DELETED)), -1);
        long before = inbox.status().highestModSeq();
        assertThat(inbox.expunge(UidSet.of(2, 3, 4)).uids()).isEqualTo(UidSet.of(2, 4));
        assertThat(uids(inbox.view())).containsExactly(1L, 3L, 5L);
        assertThat(inbox.expunge(UidSet.of(3)).uids().isEmpty()).isTrue();
        assertThat(inbox.vanishedSince(before, UidSet.ofRange(1, 3))).isEqualTo(UidSet.of(2));
        assertThat(inbox.vanishedSince(inbox.status().highestModSeq(), UidSet.ALL)
                        .isEmpty())
                .isTrue();
        reopenWhenDurable();
        assertThat(uids(inbox.view())).containsExactly(1L, 3L, 5L);
        assertThat(inbox.vanishedSince(before, UidSet.ALL)).isEqualTo(UidSet.of(2, 4));
        fill(1);
        assertThat(uids(inbox.view())).as("UIDs are not used again").containsExactly(1L, 3L, 5L, 6L);
    }

    @Test
    void theLastUidIsNotGivenAgainAfterItsMessageIsGone() throws IOException {
        fill(2);
        inbox.store(UidSet.ALL, FlagChange.add(Flags.of(DELETED)), -1);
        inbox.expunge(UidSet.ALL);
        long highest = inbox.status().highestModSeq();
        reopenWhenDurable();
        assertThat(inbox.status().highestModSeq()).isGreaterThanOrEqualTo(highest);
        assertThat(MailboxFixture.append(storage, inbox, StorageContract.mail("c"))
                        .uids())
                .isEqualTo(UidSet.of(3));
    }

    @Test
    void aViewNeverChanges() throws IOException {
        fill(3);
        MailboxView before = inbox.view();
        assertThat(inbox.view()).isSameAs(before);
        inbox.store(UidSet.of(2), FlagChange.add(Flags.of(DELETED)), -1);
        inbox.expunge(UidSet.ALL);
        fill(1);
        assertThat(uids(before)).containsExactly(1L, 2L, 3L);
        assertThat(before.uidNext()).isEqualTo(4);
        MailboxView after = inbox.view();
        assertThat(uids(after)).containsExactly(1L, 3L, 4L);
        assertThat(after.seq(3)).isEqualTo(2);
        assertThat(after.seq(2)).isZero();
        assertThat(after.seqAtOrAfter(2)).isEqualTo(2);
        assertThat(after.seqAtOrAfter(5)).isEqualTo(4);
        assertThat(after.seqAtOrAfter(0)).isEqualTo(1);
        assertThat(after.uids()).isEqualTo(UidSet.of(1, 3, 4));
        assertThat(after.highestModSeq()).isEqualTo(inbox.status().highestModSeq());
    }

    @Test
    void anExpungedRowIsStillReadableForThoseWhoseViewHasIt() throws IOException {
        fill(2);
        try (MessageCursor cursor = inbox.cursor()) {
            assertThat(cursor.seek(1)).isTrue();
            assertThat(cursor.expunged()).isFalse();
            inbox.store(UidSet.of(1), FlagChange.add(Flags.of(DELETED)), -1);
            inbox.expunge(UidSet.of(1));
            assertThat(cursor.seek(1)).isTrue();
            assertThat(cursor.expunged()).isTrue();
            assertThat(cursor.content().bytes()).isEqualTo(StorageContract.mail("m1"));
        }
    }

    @Test
    void whatAHeldViewShowsStaysReadableHoweverMuchIsExpunged() throws IOException {
        fill(1000);
        try (Mailbox reader = user.open(inbox.id())) {
            MailboxView view = reader.view();
            reader.hold(view);
            UidSet most = UidSet.ofRange(51, 950);
            inbox.store(most, FlagChange.add(Flags.of(DELETED)), -1);
            for (long uid = 51; uid <= 950; uid += 100) {
                inbox.expunge(UidSet.ofRange(uid, uid + 99));
            }
            fill(1);
            try (MessageCursor cursor = reader.cursor()) {
                for (int seq = 1; seq <= view.count(); seq++) {
                    assertThat(cursor.seek(view.uid(seq))).as("message " + seq).isTrue();
                    assertThat(cursor.expunged()).isEqualTo(most.contains(seq));
                    assertThat(cursor.content().bytes()).isEqualTo(StorageContract.mail("m" + seq));
                }
            }
            assertThat(inbox.view().count()).isEqualTo(101);
        }
    }

    @Test
    void expungesAreRememberedWithTheirModSeqsAcrossReopening() throws IOException {
        fill(200);
        long before = inbox.view().highestModSeq();
        List<Long> modSeqs = new ArrayList<>();
        for (long uid = 10; uid <= 150; uid += 10) {
            inbox.store(UidSet.of(uid, uid + 1), FlagChange.add(Flags.of(DELETED)), -1);
            modSeqs.add(inbox.expunge(UidSet.ALL).modSeq());
        }
        fill(1);
        reopenWhenDurable();
        for (int i = 0; i < modSeqs.size(); i++) {
            UidSet.Builder later = new UidSet.Builder();
            for (long uid = 10L * (i + 2); uid <= 150; uid += 10) {
                later.addRange(uid, uid + 1);
            }
            assertThat(inbox.vanishedSince(modSeqs.get(i), UidSet.ALL)).isEqualTo(later.build());
        }
        assertThat(inbox.vanishedSince(before, UidSet.ofRange(11, 30))).isEqualTo(UidSet.of(11, 20, 21, 30));
    }

    @Test
    void contentStaysReadableAfterTheCursorMovesOn() throws IOException {
        fill(2);
        ByteSource first;
        try (MessageCursor cursor = inbox.cursor()) {
            assertThat(cursor.seek(1)).isTrue();
            first = cursor.content();
            assertThat(cursor.seek(2)).isTrue();
        }
        assertThat(first.bytes()).isEqualTo(StorageContract.mail("m1"));
        try (var part = first.open(6, 5)) {
            assertThat(new String(part.readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("a@exa");
        }
    }

    @Test
    void recentIsForTheFirstWhoClaimsIt() throws IOException {
        fill(2);
        assertThat(inbox.recentFrom(false)).isEqualTo(1);
        assertThat(inbox.status().recent()).isEqualTo(2);
        assertThat(inbox.recentFrom(true)).isEqualTo(1);
        assertThat(inbox.recentFrom(false)).isEqualTo(3);
        assertThat(inbox.status().recent()).isZero();
        fill(1);
        assertThat(inbox.recentFrom(true)).isEqualTo(3);
    }

    @Test
    void watchersAreWokenOncePerChangeAndNotAfterClosing() throws IOException {
        fill(1);
        List<Long> seen = new ArrayList<>();
        Watch watch = inbox.watch(() -> {
            synchronized (seen) {
                seen.add(inbox.view().highestModSeq());
            }
        });
        fill(1);
        inbox.store(UidSet.of(1), FlagChange.add(Flags.of(DELETED)), -1);
        inbox.store(UidSet.of(1), FlagChange.add(Flags.of(DELETED)), -1);
        inbox.expunge(UidSet.ALL);
        watch.close();
        fill(1);
        synchronized (seen) {
            assertThat(seen).hasSize(3).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void severalMessagesGoInTogether() throws IOException {
        try (var first = storage.stage();
                var second = storage.stage()) {
            first.write(StorageContract.mail("a"));
            second.write(StorageContract.mail("b"));
            Mailbox.Appended appended = inbox.append(List.of(
                    new Mailbox.NewMessage(first.finish(), new byte[0], Flags.of(SEEN), StorageContract.DATE),
                    new Mailbox.NewMessage(second.finish(), new byte[0], Flags.NONE, StorageContract.DATE)));
            assertThat(appended.uids()).isEqualTo(UidSet.of(1, 2));
            assertThat(modSeq(1)).isEqualTo(modSeq(2)).isEqualTo(appended.modSeq());
        }
    }

    @Test
    void twoHandlesOfOneMailboxSeeTheSame() throws IOException {
        try (UserMail again = storage.open("anna");
                Mailbox same = again.open(inbox.id())) {
            fill(1);
            assertThat(same.view()).isSameAs(inbox.view());
            same.store(UidSet.of(1), FlagChange.add(Flags.of(SEEN)), -1);
            assertThat(flags(inbox, 1)).isEqualTo(Flags.of(SEEN));
        }
    }

    @Test
    void manyThreadsAppendWithoutLosingOrDoublingUids() throws Exception {
        int threads = 8;
        int each = 25;
        List<Thread> running = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            running.add(Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < each; i++) {
                        MailboxFixture.append(storage, inbox, StorageContract.mail("x"));
                    }
                } catch (Throwable failed) {
                    synchronized (failures) {
                        failures.add(failed);
                    }
                }
            }));
        }
        for (Thread thread : running) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(inbox.view().uids()).isEqualTo(UidSet.ofRange(1, threads * each));
        assertThat(inbox.status().uidNext()).isEqualTo(threads * each + 1);
    }
}
