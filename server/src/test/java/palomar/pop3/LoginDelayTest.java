package palomar.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LoginDelayTest {
    private static final Instant BEGIN = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
    private final LoginDelay delay = new LoginDelay(now::get);

    @Test
    void aUserWaitsForHisLastLoginAndForNoOtherUser() {
        assertThat(delay.admits("anna", MINUTE)).isTrue();
        assertThat(delay.admits("bob", MINUTE)).isTrue();
        now.set(BEGIN.plusSeconds(59));
        assertThat(delay.admits("anna", MINUTE)).isFalse();
        now.set(BEGIN.plusSeconds(60));
        assertThat(delay.admits("anna", MINUTE)).isTrue();
        assertThat(delay.admits("anna", MINUTE)).isFalse();
    }

    @Test
    void withoutADelayNobodyWaits() {
        assertThat(delay.admits("anna", MINUTE)).isTrue();
        assertThat(delay.admits("anna", Duration.ZERO)).isTrue();
    }

    @Test
    void aLoginThatCameToNothingDoesNotCount() {
        assertThat(delay.admits("anna", MINUTE)).isTrue();
        delay.forget("anna");
        assertThat(delay.admits("anna", MINUTE)).isTrue();
    }

    @Test
    void aClockThatIsPutBackLocksNobodyOut() {
        assertThat(delay.admits("anna", MINUTE)).isTrue();
        now.set(BEGIN.minusSeconds(3600));
        assertThat(delay.admits("anna", MINUTE)).isTrue();
    }
}
