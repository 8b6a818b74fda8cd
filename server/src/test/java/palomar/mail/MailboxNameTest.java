package palomar.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxNameTest {

    @ParameterizedTest
    @CsvSource({"inbox,INBOX", "InBox/sub,INBOX/sub", "inboxes,inboxes", "a/inbox,a/inbox", "Entwürfe,Entwürfe"})
    void namesAreCanonical(String given, String kept) {
        assertThat(MailboxName.of(given).value()).isEqualTo(kept);
    }

    @Test
    void composedAndDecomposedAreOneName() {
        assertThat(MailboxName.of("u\u0308")).isEqualTo(MailboxName.of("\u00fc"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "/a", "a/", "a//b", "a*", "%", "a\u0000b", "a\nb", "a\u0085b", "a\u2028b", "\ud800x"})
    void unusableNamesAreRefused(String given) {
        assertThatThrownBy(() -> MailboxName.of(given))
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.kind()).isEqualTo(MailError.CANNOT));
    }

    @Test
    void lengthAndDepthHaveLimits() {
        assertThat(MailboxName.of("a".repeat(MailboxName.MAX_BYTES)).value()).hasSize(MailboxName.MAX_BYTES);
        String deepest = "a" + "/a".repeat(MailboxName.MAX_DEPTH - 1);
        assertThat(MailboxName.of(deepest).value()).isEqualTo(deepest);
        for (String tooMuch : new String[] {"a".repeat(MailboxName.MAX_BYTES + 1), deepest + "/a", "ü".repeat(600)}) {
            assertThatThrownBy(() -> MailboxName.of(tooMuch)).isInstanceOf(MailException.class);
        }
    }

    @Test
    void inboxAndItsChildrenComeFirst() {
        TreeSet<MailboxName> sorted = new TreeSet<>();
        Stream.of("Zebra", "INBOX/b", "Apple", "INBOXES", "inbox", "Apple/x")
                .map(MailboxName::of)
                .forEach(sorted::add);
        assertThat(sorted.stream().map(MailboxName::value))
                .containsExactly("INBOX", "INBOX/b", "Apple", "Apple/x", "INBOXES", "Zebra");
    }

    @Test
    void familyRelations() {
        MailboxName child = MailboxName.of("a/b/c");
        assertThat(child.parent()).contains(MailboxName.of("a/b"));
        assertThat(MailboxName.of("a").parent()).isEmpty();
        assertThat(child.isBelow(MailboxName.of("a"))).isTrue();
        assertThat(child.isBelow(child)).isFalse();
        assertThat(MailboxName.of("ab").isBelow(MailboxName.of("a"))).isFalse();
        assertThat(child.moved(MailboxName.of("a"), MailboxName.of("x/y"))).isEqualTo(MailboxName.of("x/y/b/c"));
    }
}
