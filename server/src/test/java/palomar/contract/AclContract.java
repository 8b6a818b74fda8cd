package palomar.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import palomar.acl.Acl;
import palomar.acl.Identifier;
import palomar.acl.Right;
import palomar.acl.Rights;
import palomar.acl.Who;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.storage.UserMail;

/// What every [Storage] promises about the lists of its mailboxes.
public abstract class AclContract extends StoreContract {
    private static final Identifier FRED = Identifier.parse("fred");

    private static MailboxName name(String text) {
        return MailboxName.of(text);
    }

    private static Acl acl(UserMail user, String mailbox) {
        return user.acl(user.find(name(mailbox)).orElseThrow().id());
    }

    private static void set(Acl acl, Identifier identifier, String letters) {
        acl.change(identifier, _ -> Rights.ofLetters(letters));
    }

    private static Map<String, String> entries(Acl acl) {
        Map<String, String> entries = new TreeMap<>();
        acl.list().entries().forEach((identifier, rights) -> entries.put(identifier.text(), rights.letters()));
        return entries;
    }

    private static Rights rights(Acl acl, String user) {
        return acl.list().of(Who.of(user));
    }

    @Test
    void aMailboxIsItsOwnersAtFirst() {
        try (UserMail anna = storage.open("anna")) {
            Acl acl = acl(anna, "INBOX");
            assertThat(acl.list().owner()).isEqualTo("anna");
            assertThat(entries(acl)).isEmpty();
            assertThat(rights(acl, "anna")).isEqualTo(Rights.ALL);
            assertThat(rights(acl, "fred")).isEqualTo(Rights.NONE);
        }
    }

    @Test
    void changesLast() throws IOException {
        try (UserMail anna = storage.open("anna")) {
            Acl acl = acl(anna, "INBOX");
            set(acl, FRED, "lr");
            set(acl, Identifier.parse("anna"), "lrs");
            set(acl, Identifier.parse("-\u00e9va"), "w");
            set(acl, Identifier.parse("ute"), "");
        }
        reopenWhenDurable();
        try (UserMail anna = storage.open("anna")) {
            Acl acl = acl(anna, "INBOX");
            assertThat(entries(acl)).isEqualTo(Map.of("fred", "lr", "owner", "lrsa", "-\u00e9va", "w", "ute", ""));
            assertThat(rights(acl, "anna")).isEqualTo(Rights.ofLetters("lrsa"));
            acl.remove(FRED);
            acl.remove(FRED);
            set(acl, Identifier.parse("-\u00e9va"), "");
            set(acl, Identifier.parse("owner"), "lrswipkxtean");
            assertThat(entries(acl)).isEqualTo(Map.of("ute", ""));
            acl.remove(Identifier.parse("anna"));
            assertThat(entries(acl)).isEqualTo(Map.of("ute", "", "owner", ""));
            assertThat(rights(acl, "anna")).isEqualTo(Rights.OWNERS);
        }
    }

    @Test
    void newMailboxesBeginWithTheirParentsList() throws IOException {
        try (UserMail anna = storage.open("anna")) {
            anna.create(name("a"), Set.of());
            anna.attributes(anna.find(name("a")).orElseThrow().id())
                    .change(Map.of("metadata/shared/comment", Optional.of(new byte[] {'x'})));
            set(acl(anna, "a"), FRED, "lr");
            anna.create(name("a/b/c"), Set.of());
            set(acl(anna, "a"), FRED, "l");
            anna.create(name("d"), Set.of());
            anna.rename(name("d"), name("a/e/f"));
            set(acl(anna, "INBOX"), FRED, "lrs");
            anna.create(name("INBOX/g"), Set.of());
            anna.rename(name("INBOX"), name("old"));
        }
        reopenWhenDurable();
        try (UserMail anna = storage.open("anna")) {
            assertThat(entries(acl(anna, "a/b"))).isEqualTo(Map.of("fred", "lr"));
            assertThat(entries(acl(anna, "a/b/c"))).isEqualTo(Map.of("fred", "lr"));
            assertThat(entries(acl(anna, "a/e"))).isEqualTo(Map.of("fred", "l"));
            assertThat(entries(acl(anna, "a/e/f"))).isEmpty();
            assertThat(entries(acl(anna, "INBOX/g"))).isEqualTo(Map.of("fred", "lrs"));
            assertThat(entries(acl(anna, "old"))).isEqualTo(Map.of("fred", "lrs"));
            assertThat(anna.attributes(anna.find(name("a/b")).orElseThrow().id())
                            .under("metadata/"))
                    .isEmpty();
        }
    }

    @Test
    void aListGoesWithItsMailbox() {
        try (UserMail anna = storage.open("anna")) {
            anna.create(name("a"), Set.of());
            Acl acl = acl(anna, "a");
            set(acl, FRED, "lr");
            anna.delete(name("a"));
            assertThatThrownBy(() -> set(acl, FRED, "l"))
                    .isInstanceOfSatisfying(
                            MailException.class, e -> assertThat(e.kind()).isEqualTo(MailError.NOT_FOUND));
            anna.create(name("a"), Set.of());
            assertThat(entries(acl(anna, "a"))).isEmpty();
        }
    }

    @Test
    void aListHasAnEnd() {
        try (UserMail anna = storage.open("anna")) {
            Acl acl = acl(anna, "INBOX");
            Map<String, Optional<byte[]>> many = new TreeMap<>();
            for (int i = 0; i < Acl.MAX_ENTRIES; i++) {
                many.put("acl/user" + i, Optional.of(new byte[] {'l'}));
            }
            anna.attributes(anna.find(MailboxName.INBOX).orElseThrow().id()).change(many);
            assertThatThrownBy(() -> set(acl, FRED, "lr"))
                    .isInstanceOfSatisfying(
                            MailException.class, e -> assertThat(e.kind()).isEqualTo(MailError.LIMIT));
            set(acl, Identifier.parse("user7"), "lr");
            acl.remove(Identifier.parse("user8"));
            set(acl, FRED, "lr");
            assertThat(rights(acl, "fred")).isEqualTo(Rights.ofLetters("lr"));
        }
    }

    /// Eleven sessions add a right each to one entry: none is lost.
    @Test
    void changesAtOnceDoNotLoseOneAnother() throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        Thread[] threads = new Thread[Right.values().length];
        for (Right right : Right.values()) {
            threads[right.ordinal()] = Thread.startVirtualThread(() -> {
                try (UserMail anna = storage.open("anna")) {
                    start.await();
                    acl(anna, "INBOX").change(FRED, rights -> rights.plus(Rights.of(right)));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        try (UserMail anna = storage.open("anna")) {
            assertThat(rights(acl(anna, "INBOX"), "fred")).isEqualTo(Rights.ALL);
        }
    }
}
