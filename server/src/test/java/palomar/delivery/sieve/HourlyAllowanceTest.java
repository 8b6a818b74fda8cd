package palomar.delivery.sieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HourlyAllowanceTest {
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private final HourlyAllowance allowance = new HourlyAllowance(() -> now, 2, 0);

    private boolean redirect(String user) {
        return allowance.admits(user, Allowance.Kind.REDIRECT);
    }

    @Test
    void eachUserHasHisOwnHour() {
        assertThat(redirect("bob")).isTrue();
        assertThat(redirect("bob")).isTrue();
        assertThat(redirect("bob")).isFalse();
        assertThat(redirect("eve")).isTrue();
        now = now.plusSeconds(3599);
        assertThat(redirect("bob")).isFalse();
        now = now.plusSeconds(1);
        assertThat(redirect("bob")).isTrue();
        assertThat(redirect("bob")).isTrue();
        assertThat(redirect("bob")).isFalse();
    }

    @Test
    void noneIsNoLimit() {
        for (int i = 0; i < 1000; i++) {
            assertThat(allowance.admits("bob", Allowance.Kind.REPLY)).isTrue();
        }
    }
}
