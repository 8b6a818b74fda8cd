package palomar.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import palomar.testkit.ManualClock;

class PenaltiesTest {
    private static final SocketAddress HERE = inet("192.0.2.1");
    private static final AuthSettings SETTINGS = AuthSettings.DEFAULT;

    private final ManualClock clock = new ManualClock();
    private final Penalties penalties = new Penalties(clock);
    private long guess;

    @Test
    void stepsDoubleUpToTheLimit() {
        for (long seconds : new long[] {0, 2, 4, 8, 15, 15}) {
            assertThat(seconds(HERE)).isEqualTo(seconds);
            fail(HERE);
        }
        for (int i = 0; i < 1_000; i++) {
            fail(HERE);
        }
        assertThat(seconds(HERE)).isEqualTo(15);
    }

    @Test
    void aMinuteWithoutFailureTakesAStepAway() {
        fail(HERE);
        fail(HERE);
        fail(HERE);
        clock.advance(Duration.ofSeconds(59));
        assertThat(seconds(HERE)).isEqualTo(8);
        clock.advance(Duration.ofSeconds(1));
        assertThat(seconds(HERE)).isEqualTo(4);
        clock.advance(Duration.ofMinutes(2));
        assertThat(seconds(HERE)).isZero();
        assertThat(penalties.size()).isZero();
    }

    @Test
    void longAttacksAreForgottenAfterTenMinutes() {
        for (int i = 0; i < 1_000; i++) {
            fail(HERE);
        }
        clock.advance(Duration.ofMinutes(10));
        assertThat(seconds(HERE)).isZero();
    }

    @Test
    void aSuccessTakesOneStepAwayAndNotAll() {
        fail(HERE);
        fail(HERE);
        fail(HERE);
        penalties.succeeded(HERE, SETTINGS);
        assertThat(seconds(HERE)).isEqualTo(4);
    }

    @Test
    void knownGuessesAreNoStepsUntilAllIsForgotten() {
        penalties.failed(HERE, 7, SETTINGS);
        penalties.failed(HERE, 8, SETTINGS);
        penalties.failed(HERE, 7, SETTINGS);
        penalties.failed(HERE, 8, SETTINGS);
        assertThat(seconds(HERE)).isEqualTo(4);

        clock.advance(Duration.ofMinutes(2));
        penalties.failed(HERE, 7, SETTINGS);
        assertThat(seconds(HERE)).isEqualTo(2);
    }

    @Test
    void anIpv6AddressStandsForItsNetwork() {
        fail(inet("2001:db8:0:1::1"));

        assertThat(seconds(inet("2001:db8:0:1:ffff::2"))).isEqualTo(2);
        assertThat(seconds(inet("2001:db8:0:2::1"))).isZero();
        assertThat(seconds(inet("192.0.2.2"))).isZero();
    }

    @Test
    void whenTheTableIsFullTheEldestFailureIsForgotten() {
        AuthSettings small = new AuthSettings(
                UserNames.DEFAULT,
                Duration.ofSeconds(2),
                Duration.ofSeconds(15),
                Duration.ofMinutes(1),
                3,
                List.of(),
                Duration.ZERO,
                0);
        for (String address : List.of("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.1", "192.0.2.4")) {
            penalties.failed(inet(address), guess++, small);
        }
        assertThat(penalties.size()).isEqualTo(3);
        assertThat(penalties.delay(inet("192.0.2.2"), small)).isZero();
        assertThat(penalties.delay(inet("192.0.2.1"), small)).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void aClockThatGoesBackDoesNoHarm() {
        fail(HERE);
        clock.advance(Duration.ofHours(-1));
        assertThat(seconds(HERE)).isEqualTo(2);
        fail(HERE);
        assertThat(seconds(HERE)).isEqualTo(4);
    }

    private void fail(SocketAddress peer) {
        penalties.failed(peer, guess++, SETTINGS);
    }

    private long seconds(SocketAddress peer) {
        return penalties.delay(peer, SETTINGS).toSeconds();
    }

    private static SocketAddress inet(String address) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), 4_000);
    }
}
