package palomar.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static palomar.contract.StorageContract.DATE;
import static palomar.contract.StorageContract.mail;
import static palomar.contract.StorageContract.name;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import palomar.mail.Flags;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxId;
import palomar.mail.MailboxName;
import palomar.mail.SystemFlags;
import palomar.storage.Mailbox;
import palomar.storage.MessageCursor;
import palomar.storage.QuotaLimits;
import palomar.storage.StagedMessage;
import palomar.storage.Staging;
import palomar.storage.UserMail;
import palomar.storage.UserMail.Filed;
import palomar.storage.UserMail.Filing;
import palomar.storage.Watch;

/// What every store promises about [UserMail#file]: several copies and the user's values, all or nothing.
public abstract class FilingContract extends StoreContract {
    private static final Map<String, Optional<byte[]>> NOTE = Map.of("sieve/note", Optional.of(new byte[] {1, 2}));

    private static Filing filing(MailboxId mailbox, StagedMessage message, String head, Flags flags) {
        return new Filing(mailbox, message, head.getBytes(StandardCharsets.US_ASCII), flags, DATE);
    }

    private List<String> contents(UserMail user, MailboxId id) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Mailbox mailbox = user.open(id);
                MessageCursor cursor = mailbox.cursor()) {
            for (int seq = 1; seq <= mailbox.view().count(); seq++) {
                assertThat(cursor.seek(mailbox.view().uid(seq))).isTrue();
                texts.add(new String(cursor.content().bytes(), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    @Test
    void copiesOfTwoMessagesAndValuesComeTogether() throws IOException {
        String first = new String(mail("one"), StandardCharsets.UTF_8);
        String second = new String(mail("two"), StandardCharsets.UTF_8);
        MailboxId inbox;
        MailboxId lists;
        try (UserMail user = storage.open("anna");
                Staging one = storage.stage();
                Staging two = storage.stage()) {
            inbox = user.mailboxes().getFirst().id();
            lists = user.create(name("lists"), Set.of()).id();
            one.write(mail("one"));
            two.write(mail("two"));
            StagedMessage a = one.finish();
            StagedMessage b = two.finish();
            List<Filed> filed = user.file(
                    List.of(
                            filing(lists, a, "X: 1\r\n", Flags.of(SystemFlags.SEEN, "$label1")),
                            filing(inbox, b, "", Flags.NONE),
                            filing(lists, a, "", Flags.of(0, "other", "$Label1"))),
                    NOTE);
            assertThat(filed).extracting(Filed::uid).containsExactly(1L, 1L, 2L);
            assertThat(filed.get(0).uidValidity())
                    .isEqualTo(user.find(name("lists")).orElseThrow().uidValidity());
        }
        reopenWhenDurable();
        try (UserMail user = storage.open("anna")) {
            assertThat(contents(user, lists)).containsExactly("X: 1\r\n" + first, first);
            assertThat(contents(user, inbox)).containsExactly(second);
            assertThat(user.attributes().get("sieve/note")).contains(new byte[] {1, 2});
            assertThat(user.status(lists).unseen()).isEqualTo(1);
            try (Mailbox mailbox = user.open(lists)) {
                assertThat(mailbox.keywords()).containsExactly("$label1", "other");
            }
        }
    }

    @Test
    void oneMailboxThatIsGoneKeepsAllFromBeingStored() throws IOException {
        try (UserMail user = storage.open("anna");
                Staging staging = storage.stage()) {
            MailboxId inbox = user.mailboxes().getFirst().id();
            MailboxId gone = user.create(name("gone"), Set.of()).id();
            user.delete(name("gone"));
            staging.write(mail("one"));
            StagedMessage message = staging.finish();
            List<Filing> both = List.of(filing(inbox, message, "", Flags.NONE), filing(gone, message, "", Flags.NONE));
            assertRefused(MailError.NOT_FOUND, () -> user.file(both, NOTE));
            assertNothing(user, inbox);
        }
    }

    @Test
    void anotherUsersMailboxIsNotThere() throws IOException {
        try (UserMail user = storage.open("anna");
                UserMail other = storage.open("bob");
                Staging staging = storage.stage()) {
            staging.write(mail("one"));
            MailboxId theirs = other.mailboxes().getFirst().id();
            Filing filing = filing(theirs, staging.finish(), "", Flags.NONE);
            assertRefused(MailError.NOT_FOUND, () -> user.file(List.of(filing), Map.of()));
        }
    }

    @Test
    void allCopiesTogetherMustFitTheQuota() throws IOException {
        try (UserMail user = storage.open("anna");
                Staging staging = storage.stage()) {
            MailboxId inbox = user.mailboxes().getFirst().id();
            MailboxId lists = user.create(name("lists"), Set.of()).id();
            user.quota().set(Optional.of(QuotaLimits.NONE.withMessages(1)));
            staging.write(mail("one"));
            StagedMessage message = staging.finish();
            List<Filing> both = List.of(filing(inbox, message, "", Flags.NONE), filing(lists, message, "", Flags.NONE));
            assertRefused(MailError.OVER_QUOTA, () -> user.file(both, NOTE));
            assertNothing(user, inbox);
            assertThat(user.file(both.subList(0, 1), NOTE)).hasSize(1);
        }
    }

    @Test
    void tooManyKeywordsInOneMailboxKeepAllFromBeingStored() throws IOException {
        try (UserMail user = storage.open("anna");
                Staging staging = storage.stage()) {
            MailboxId inbox = user.mailboxes().getFirst().id();
            MailboxId lists = user.create(name("lists"), Set.of()).id();
            staging.write(mail("one"));
            StagedMessage message = staging.finish();
            List<String> many = IntStream.rangeClosed(0, Mailbox.MAX_KEYWORDS)
                    .mapToObj(i -> "k" + i)
                    .toList();
            List<Filing> both =
                    List.of(filing(inbox, message, "", Flags.NONE), filing(lists, message, "", new Flags(0, many)));
            assertRefused(MailError.LIMIT, () -> user.file(both, NOTE));
            assertNothing(user, inbox);
        }
    }

    @Test
    void aValueSaysWhichUidACopyHas() throws IOException {
        long uid;
        try (UserMail user = storage.open("anna");
                Staging staging = storage.stage()) {
            MailboxId inbox = user.mailboxes().getFirst().id();
            staging.write(mail("one"));
            StagedMessage message = staging.finish();
            user.file(List.of(filing(inbox, message, "", Flags.NONE)), Map.of());
            Filing noted = new Filing(inbox, message, new byte[0], Flags.NONE, DATE, Optional.of("sieve/uid"));
            List<Filed> filed = user.file(List.of(filing(inbox, message, "", Flags.NONE), noted), Map.of());
            uid = filed.get(1).uid();
            assertThat(uid).isEqualTo(3);
        }
        reopenWhenDurable();
        try (UserMail user = storage.open("anna")) {
            byte[] value = user.attributes().get("sieve/uid").orElseThrow();
            assertThat(ByteBuffer.wrap(value).getLong()).isEqualTo(uid);
        }
    }

    @Test
    void valuesAloneAreChangedToo() throws IOException {
        try (UserMail user = storage.open("anna")) {
            int[] woken = {0};
            try (Watch _ = user.watch(() -> woken[0]++)) {
                assertThat(user.file(List.of(), NOTE)).isEmpty();
                assertThat(user.file(List.of(), Map.of())).isEmpty();
            }
            assertThat(woken[0]).isEqualTo(1);
        }
        reopenWhenDurable();
        try (UserMail user = storage.open("anna")) {
            assertThat(user.attributes().get("sieve/note")).isPresent();
        }
    }

    private static void assertNothing(UserMail user, MailboxId inbox) {
        assertThat(user.status(inbox).messages()).isZero();
        assertThat(user.attributes().get("sieve/note")).isEmpty();
        assertThat(user.find(MailboxName.INBOX)).isPresent();
    }

    private static void assertRefused(MailError kind, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
