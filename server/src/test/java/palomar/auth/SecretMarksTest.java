package palomar.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import palomar.testkit.ManualClock;

class SecretMarksTest {
    private final ManualClock clock = new ManualClock();
    private final SecretMarks marks = marks(3);

    @Test
    void whatWasRememberedIsKnownUntilItsTimeIsOver() {
        marks.remember(bytes("joe"), bytes("secret"));

        assertThat(marks.knows(bytes("joe"), bytes("secret"))).isTrue();
        assertThat(marks.knows(bytes("joe"), bytes("secret2"))).isFalse();
        clock.advance(Duration.ofMinutes(59));
        assertThat(marks.knows(bytes("joe"), bytes("secret"))).isTrue();
        clock.advance(Duration.ofMinutes(1));
        assertThat(marks.knows(bytes("joe"), bytes("secret"))).isFalse();
        assertThat(marks.size()).isZero();
    }

    @Test
    void partsDoNotRunTogether() {
        marks.remember(bytes("joe"), bytes("secret"));

        assertThat(marks.knows(bytes("joes"), bytes("ecret"))).isFalse();
        assertThat(marks.knows(bytes("joesecret"))).isFalse();
        assertThat(marks.knows(bytes("joe"), bytes("secret"), bytes(""))).isFalse();
    }

    @Test
    void theLeastRecentlyUsedGoFirst() {
        for (String name : new String[] {"a", "b", "c"}) {
            marks.remember(bytes(name));
        }
        assertThat(marks.knows(bytes("a"))).isTrue();
        marks.remember(bytes("d"));

        assertThat(marks.size()).isEqualTo(3);
        assertThat(marks.knows(bytes("b"))).isFalse();
        assertThat(marks.knows(bytes("a"))).isTrue();
        assertThat(marks.knows(bytes("d"))).isTrue();
    }

    @Test
    void aTableWithoutRoomRemembersNothing() {
        SecretMarks none = marks(0);
        none.remember(bytes("a"));

        assertThat(none.knows(bytes("a"))).isFalse();
        assertThat(none.size()).isZero();
    }

    @Test
    void tagsOfTwoTablesDiffer() {
        assertThat(marks.tag(bytes("a"))).isEqualTo(marks.tag(bytes("a"))).isNotEqualTo(marks(3).tag(bytes("a")));
    }

    private SecretMarks marks(int limit) {
        return new SecretMarks(new SecureRandom(), clock, Duration.ofHours(1), limit);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
