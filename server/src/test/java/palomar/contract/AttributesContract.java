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
import org.junit.jupiter.api.Test;
import palomar.mail.Flags;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxId;
import palomar.mail.MailboxName;
import palomar.mail.SpecialUse;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.storage.Attributes;
import palomar.storage.FlagChange;
import palomar.storage.Mailbox;
import palomar.storage.UserMail;
import palomar.storage.Watch;

/// What every [Storage] promises about named values, uses of mailboxes, and those who watch all of a user's mail.
public abstract class AttributesContract extends StoreContract {
    private static Optional<byte[]> value(String text) {
        return Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// All values as text.
    private static Map<String, String> all(Attributes attributes) {
        Map<String, String> all = new TreeMap<>();
        attributes.under("").forEach((name, value) -> all.put(name, new String(value, StandardCharsets.UTF_8)));
        return all;
    }

    private static MailboxName name(String text) {
        return MailboxName.of(text);
    }

    private static MailboxId id(UserMail user, String mailbox) {
        return user.find(name(mailbox)).orElseThrow().id();
    }

    private static void refused(MailError kind, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void valuesOfAUserAndOfItsMailboxesAreThereAfterReopening() throws IOException {
        try (UserMail user = storage.open("anna")) {
            assertThat(all(user.attributes())).isEmpty();
            user.attributes().change(Map.of("m/a", value("one"), "m/b", value("two"), "n/a", value("")));
            user.attributes(id(user, "INBOX")).change(Map.of("acl/bob", value("lr")));
        }
        reopenWhenDurable();
        try (UserMail user = storage.open("anna");
                UserMail other = storage.open("bob")) {
            assertThat(all(user.attributes())).isEqualTo(Map.of("m/a", "one", "m/b", "two", "n/a", ""));
            assertThat(user.attributes().under("m/")).containsOnlyKeys("m/a", "m/b");
            assertThat(user.attributes().get("m/b"))
                    .hasValueSatisfying(
                            b -> assertThat(b).asString(StandardCharsets.UTF_8).isEqualTo("two"));
            assertThat(user.attributes().get("M/B")).isEmpty();
            assertThat(user.attributes().bytes()).isEqualTo(15);
            assertThat(all(user.attributes(id(user, "INBOX")))).isEqualTo(Map.of("acl/bob", "lr"));
            assertThat(all(other.attributes())).isEmpty();
            assertThat(all(other.attributes(id(other, "INBOX")))).isEmpty();
        }
    }

    @Test
    void oneChangeSetsReplacesAndRemovesTogether() throws IOException {
        try (UserMail user = storage.open("anna")) {
            Attributes attributes = user.attributes();
            attributes.change(Map.of("a", value("1"), "b", value("2")));
            attributes.change(Map.of("a", value("11"), "b", Optional.empty(), "c", value("3"), "d", Optional.empty()));
            assertThat(all(attributes)).isEqualTo(Map.of("a", "11", "c", "3"));
            assertThat(attributes.bytes()).isEqualTo(5);
        }
        reopenWhenDurable();
        try (UserMail user = storage.open("anna")) {
            assertThat(all(user.attributes())).isEqualTo(Map.of("a", "11", "c", "3"));
            assertThat(user.attributes().bytes()).isEqualTo(5);
        }
    }

    @Test
    void valuesAreBytesAndCopies() throws IOException {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        byte[] given = bytes.clone();
        try (UserMail user = storage.open("anna")) {
            user.attributes().change(Map.of("x", Optional.of(given)));
            given[0] = 77;
            user.attributes().get("x").orElseThrow()[1] = 77;
            user.attributes().under("x").get("x")[2] = 77;
        }
        reopenWhenDurable();
        try (UserMail user = storage.open("anna")) {
            assertThat(user.attributes().get("x"))
                    .hasValueSatisfying(b -> assertThat(b).isEqualTo(bytes));
        }
    }

    @Test
    void renamingKeepsValuesAndDeletingDropsThem() throws IOException {
        try (UserMail user = storage.open("anna")) {
            user.create(name("a/b"), Set.of());
            user.attributes(id(user, "a/b")).change(Map.of("x", value("kept")));
            user.attributes(id(user, "a")).change(Map.of("x", value("gone")));
            user.rename(name("a/b"), name("c"));
            Attributes deleted = user.attributes(id(user, "a"));
            MailboxId old = id(user, "a");
            user.delete(name("a"));
            refused(MailError.NOT_FOUND, () -> deleted.change(Map.of("x", value("never"))));
            assertThat(all(deleted)).isEqualTo(Map.of("x", "gone"));
            refused(MailError.NOT_FOUND, () -> user.attributes(old));
            user.create(name("a"), Set.of());
        }
        reopenWhenDurable();
        try (UserMail user = storage.open("anna")) {
            assertThat(all(user.attributes(id(user, "c")))).isEqualTo(Map.of("x", "kept"));
            assertThat(all(user.attributes(id(user, "a")))).isEmpty();
        }
    }

    @Test
    void aUserWhoComesBackHasNoValues() throws IOException {
        try (UserMail user = storage.open("anna")) {
            user.attributes().change(Map.of("x", value("old")));
            storage.deleteUser("anna");
            refused(MailError.NOT_FOUND, () -> user.attributes().change(Map.of("x", value("never"))));
        }
        storage.open("anna").close();
        reopenWhenDurable();
        try (UserMail user = storage.open("anna")) {
            assertThat(all(user.attributes())).isEmpty();
        }
    }

    @Test
    void whatIsTooLargeIsRefusedAsAWhole() {
        try (UserMail user = storage.open("anna")) {
            Attributes attributes = user.attributes();
            Optional<byte[]> largest = Optional.of(new byte[Attributes.MAX_VALUE]);
            Optional<byte[]> larger = Optional.of(new byte[Attributes.MAX_VALUE + 1]);
            refused(MailError.LIMIT, () -> attributes.change(Map.of("a", value("1"), "b", larger)));
            refused(MailError.LIMIT, () -> attributes.change(Map.of("a", value("1"), "é".repeat(257), value(""))));
            refused(MailError.LIMIT, () -> attributes.change(Map.of("a", value("1"), "", value(""))));
            assertThat(all(attributes)).isEmpty();
            attributes.change(Map.of("é".repeat(256), value("")));
            for (int i = 0; i < Attributes.MAX_TOTAL / Attributes.MAX_VALUE - 1; i++) {
                attributes.change(Map.of("v" + i, largest));
            }
            refused(MailError.LIMIT, () -> attributes.change(Map.of("w", largest)));
            assertThat(attributes.get("w")).isEmpty();
            attributes.change(Map.of("v0", Optional.empty(), "w", largest));
            assertThat(attributes.get("w")).isPresent();
        }
    }

    @Test
    void otherUsesOfAMailboxAreThereAfterReopening() throws IOException {
        try (UserMail user = storage.open("anna")) {
            MailboxId made = user.create(name("a"), Set.of(SpecialUse.TRASH)).id();
            List<Set<SpecialUse>> seen = new ArrayList<>();
            try (Watch _ =
                    user.watch(() -> seen.add(user.find(name("a")).orElseThrow().uses()))) {
                user.specialUses(made, Set.of(SpecialUse.JUNK, SpecialUse.SENT));
            }
            assertThat(seen).containsExactly(Set.of(SpecialUse.JUNK, SpecialUse.SENT));
            user.rename(name("a"), name("b"));
        }
        reopenWhenDurable();
        try (UserMail user = storage.open("anna")) {
            assertThat(user.find(name("b")).orElseThrow().uses())
                    .containsExactlyInAnyOrder(SpecialUse.JUNK, SpecialUse.SENT);
            MailboxId gone = id(user, "b");
            user.specialUses(gone, Set.of());
            assertThat(user.find(name("b")).orElseThrow().uses()).isEmpty();
            user.delete(name("b"));
            refused(MailError.NOT_FOUND, () -> user.specialUses(gone, Set.of()));
        }
    }

    @Test
    void whoWatchesAllMessagesHearsOfEachMailboxThatChanges() throws IOException {
        try (UserMail user = storage.open("anna")) {
            MailboxId a = user.create(name("a"), Set.of()).id();
            MailboxId b = user.create(name("b"), Set.of()).id();
            List<MailboxId> heard = new ArrayList<>();
            Watch watch = user.watchMessages(heard::add);
            try (Mailbox one = user.open(a);
                    Mailbox two = user.open(b)) {
                MailboxFixture.append(storage, one, StorageContract.mail("one"));
                assertThat(heard).containsExactly(a);
                one.store(UidSet.ALL, FlagChange.add(Flags.of(SystemFlags.SEEN)), -1);
                assertThat(heard).containsExactly(a, a);
                one.store(UidSet.ALL, FlagChange.add(Flags.of(SystemFlags.SEEN)), -1);
                assertThat(heard).as("nothing changed").hasSize(2);
                heard.clear();
                one.move(UidSet.ALL, two);
                assertThat(heard).containsExactlyInAnyOrder(a, b);
                two.store(UidSet.ALL, FlagChange.add(Flags.of(SystemFlags.DELETED)), -1);
                heard.clear();
                two.expunge(UidSet.ALL);
                assertThat(heard).containsExactly(b);
            }
            heard.clear();
            user.attributes(a).change(Map.of("x", value("1")));
            user.attributes(a).change(Map.of("x", value("1")));
            assertThat(heard).as("named values").containsExactly(a);
            watch.close();
            user.attributes(a).change(Map.of("x", value("2")));
            assertThat(heard).hasSize(1);
        }
    }

    @Test
    void whoWatchesAMailboxHearsOfItsValues() {
        try (UserMail user = storage.open("anna");
                Mailbox inbox = user.open(id(user, "INBOX"))) {
            List<Map<String, String>> seen = new ArrayList<>();
            try (Watch _ = inbox.watch(() -> seen.add(all(user.attributes(inbox.id()))))) {
                user.attributes(inbox.id()).change(Map.of("acl/fred", value("lr")));
                user.attributes(inbox.id()).change(Map.of("acl/fred", value("lr")));
                user.attributes().change(Map.of("x", value("1")));
            }
            assertThat(seen).containsExactly(Map.of("acl/fred", "lr"));
        }
    }

    @Test
    void aDeliveryIsHeardByWatchersOfItsUserOnly() throws IOException {
        try (UserMail user = storage.open("anna");
                UserMail other = storage.open("bob")) {
            List<MailboxId> heard = new ArrayList<>();
            List<MailboxId> others = new ArrayList<>();
            try (Watch _ = user.watchMessages(heard::add);
                    Watch _ = other.watchMessages(others::add);
                    Mailbox inbox = user.open(id(user, "INBOX"))) {
                MailboxFixture.append(storage, inbox, StorageContract.mail("one"));
                assertThat(heard).containsExactly(inbox.id());
                assertThat(others).isEmpty();
            }
        }
    }

    @Test
    void aUsersOwnValuesWakeThoseWhoWatchTheTree() {
        try (UserMail user = storage.open("anna")) {
            List<Map<String, String>> seen = new ArrayList<>();
            try (Watch _ = user.watch(() -> seen.add(all(user.attributes())))) {
                user.attributes().change(Map.of("x", value("1")));
                user.attributes().change(Map.of("x", Optional.empty()));
                user.attributes().change(Map.of("x", Optional.empty()));
            }
            assertThat(seen).containsExactly(Map.of("x", "1"), Map.of());
        }
    }
}
