package palomar.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palomar.acl.Identifier;
import palomar.acl.Right;
import palomar.acl.Rights;
import palomar.acl.Who;
import palomar.mail.FlagMask;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.storage.Storage;
import palomar.storage.UserMail;
import palomar.storage.memory.MemoryStorage;
import palomar.testkit.Seeds;

/// What another than the owner is told; the owner himself is in the transcripts imap/acl.
class MailboxRightsTest {
    private static final MailboxName BOX = MailboxName.of("Box");

    private final Storage storage = new MemoryStorage(InstantSource.system(), Seeds.random("rights"));
    private final UserMail anna = storage.open("anna");
    private final UserMail.Entry box = anna.create(BOX, Set.of());
    private final MailboxRights rights = new MailboxRights(anna, new Who("fred", Set.of("team")));

    @AfterEach
    void close() {
        storage.close();
    }

    private void grant(String identifier, String letters) {
        anna.acl(box.id()).change(Identifier.parse(identifier), _ -> Rights.ofLetters(letters));
    }

    private static void refused(MailError kind, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void whatOneMayNotSeeLooksAsIfItWereNotThere() {
        String absent = "there is no mailbox of that name";
        for (MailboxName name : Set.of(BOX, MailboxName.of("None"))) {
            assertThatThrownBy(() -> rights.require(name, Right.READ)).hasMessage(absent);
            assertThatThrownBy(() -> rights.require(name, Right.ADMINISTER)).hasMessage(absent);
            assertThatThrownBy(() -> rights.requireForAnnotations(name)).hasMessage(absent);
            assertThatThrownBy(() -> rights.requireForMyRights(name)).hasMessage(absent);
        }
        assertThat(rights.sees(box)).isFalse();
        grant("fred", "p");
        refused(MailError.NOT_FOUND, () -> rights.requireForMyRights(BOX));
    }

    @Test
    void withLookupOneIsToldWhatIsMissing() {
        grant("$team", "l");
        assertThat(rights.sees(box)).isTrue();
        assertThat(rights.reads(box)).isFalse();
        assertThat(rights.annotates(box)).isFalse();
        refused(MailError.NO_PERMISSION, () -> rights.requireForAnnotations(BOX));
        assertThatThrownBy(() -> rights.require(BOX, Right.READ))
                .isInstanceOf(MailException.class)
                .hasMessage("your rights to that mailbox lack r");
        assertThat(rights.requireForMyRights(BOX)).isEqualTo(box);
    }

    @Test
    void withoutLookupWhatIsAllowedWorks() {
        grant("anyone", "ri");
        assertThat(rights.require(BOX, Right.READ)).isEqualTo(box);
        assertThat(rights.sees(box)).isFalse();
        assertThat(rights.annotates(box)).isFalse();
        refused(MailError.NOT_FOUND, () -> rights.require(BOX, Right.DELETE));
    }

    @Test
    void aChangeCountsAtOnceAndNothingIsAllowedInWhatIsGone() {
        MailboxRights.Standing standing = rights.standing(box.id());
        assertThat(standing.now()).isEqualTo(Rights.NONE);
        grant("fred", "lr");
        assertThat(standing.now()).isEqualTo(Rights.ofLetters("lr"));
        grant("-fred", "r");
        assertThat(standing.now()).isEqualTo(Rights.ofLetters("l"));
        anna.delete(BOX);
        assertThat(rights.in(box.id())).isEqualTo(Rights.NONE);
        assertThat(rights.sees(box)).isFalse();
    }

    @Test
    void theNearestParentDecidesWhereOneMayMakeMailboxes() {
        grant("fred", "lk");
        assertThatCode(() -> rights.requireCreate(MailboxName.of("Box/a/b"))).doesNotThrowAnyException();
        anna.create(MailboxName.of("Box/a"), Set.of());
        anna.acl(anna.find(MailboxName.of("Box/a")).orElseThrow().id()).remove(Identifier.parse("fred"));
        refused(MailError.NO_PERMISSION, () -> rights.requireCreate(MailboxName.of("Box/a/b")));
        refused(MailError.NO_PERMISSION, () -> rights.requireRename(BOX, MailboxName.of("Box2")));
        grant("fred", "lx");
        refused(MailError.NO_PERMISSION, () -> rights.requireRename(BOX, MailboxName.of("Box/c")));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, false, false",
        "lrakxp, 0, false, false",
        "i, 0, false, true",
        "e, 0, false, true",
        "s, 1, false, true",
        "t, 8, false, true",
        "w, 22, true, true",
        "swt, 31, true, true"
    })
    void flagsFollowRights(String letters, int system, boolean keywords, boolean changes) {
        Rights granted = Rights.ofLetters(letters);
        assertThat(MailboxRights.flags(granted)).isEqualTo(new FlagMask(system, keywords));
        assertThat(MailboxRights.flags(Rights.ALL)).isEqualTo(FlagMask.ALL);
        assertThat(MailboxRights.changes(granted)).isEqualTo(changes);
    }
}
