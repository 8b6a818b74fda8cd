package palomar.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import palomar.smtp.proto.SmtpPath;
import palomar.testkit.ManualClock;
import palomar.testkit.ScriptedSmtp;

/// Connections that are lent, and transactions made step by step.
@Timeout(60)
class RelayPoolTest {
    private static final String HELLO = "S: 220 mx\nC: EHLO me\nS: 250 mx\n";
    private static final Envelope ENVELOPE = Envelope.of(
            SmtpPath.parse("ann@a.example").orElseThrow(),
            SmtpPath.parse("bob@b.example").orElseThrow());

    private final ManualClock clock = new ManualClock();

    private RelayPool pool(ScriptedSmtp server) throws IOException {
        RelaySettings usual = RelaySettings.of("127.0.0.1", server.port(), "me");
        RelaySettings one = new RelaySettings(
                usual.host(),
                usual.port(),
                usual.protocol(),
                usual.tls(),
                usual.verify(),
                usual.ca(),
                usual.login(),
                usual.helo(),
                usual.limits(),
                1,
                100);
        return new RelayPool(one, ClientTls.load(one.verify(), Optional.empty(), _ -> {}), clock);
    }

    @Test
    void whoFindsAllConnectionsBusyIsRefusedInTime() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(null, HELLO + "C: QUIT\nS: 221")) {
            try (RelayPool pool = pool(server)) {
                try (RelayPool.Lease lease = pool.borrow(Duration.ZERO)) {
                    assertThat(lease.used()).isFalse();
                    assertThatThrownBy(() -> pool.borrow(Duration.ofMillis(1)))
                            .isInstanceOf(RelayTrouble.class)
                            .hasMessageContaining("busy");
                }
                try (RelayPool.Lease lease = pool.borrow(Duration.ZERO)) {
                    assertThat(lease.used()).isTrue();
                }
            }
            assertThat(server.wrong()).isEmpty();
        }
    }

    @Test
    void whatWasIdleForLongIsClosed() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(null, HELLO + "C: QUIT\nS: 221", HELLO + "C: QUIT\nS: 221")) {
            try (RelayPool pool = pool(server)) {
                pool.borrow(Duration.ZERO).close();
                clock.advance(Duration.ofMinutes(1));
                try (RelayPool.Lease lease = pool.borrow(Duration.ZERO)) {
                    assertThat(lease.used()).isFalse();
                }
            }
            assertThat(server.wrong()).isEmpty();
        }
    }

    @Test
    void aTransactionGoesStepByStepAndCanBeGivenUp() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(null, HELLO + """
                        C: MAIL FROM:<ann@a.example>
                        S: 250 2.1.0 ok
                        C: RCPT TO:<bob@b.example>
                        S: 250 2.1.5 ok
                        C: RSET
                        S: 250 ok
                        C: MAIL FROM:<ann@a.example> SIZE=5
                        S: 250 2.1.0 ok
                        C: RCPT TO:<bob@b.example>
                        S: 250 2.1.5 ok
                        C: DATA
                        S: 354 go
                        DATA
                        S: 250 2.0.0 queued as 1
                        C: QUIT
                        S: 221
                        """)) {
            try (RelayPool pool = pool(server);
                    RelayPool.Lease lease = pool.borrow(Duration.ZERO)) {
                SmtpConnection relay = lease.connection();
                assertThat(relay.mail(ENVELOPE.sender(), "").code()).isEqualTo(250);
                assertThat(relay.recipient(ENVELOPE.recipients().getFirst()).code())
                        .isEqualTo(250);
                assertThat(relay.mail(ENVELOPE.sender(), " SIZE=5").code()).isEqualTo(250);
                relay.recipient(ENVELOPE.recipients().getFirst());
                assertThat(relay.startData().code()).isEqualTo(354);
                DataWriter data = relay.data();
                data.write(".a".getBytes(StandardCharsets.US_ASCII));
                data.write("\r\nb".getBytes(StandardCharsets.US_ASCII));
                assertThat(relay.finishData(data, 1).getFirst().lines()).containsExactly("queued as 1");
                assertThat(relay.transactions()).isEqualTo(2);
            }
            assertThat(server.wrong()).isEmpty();
            assertThat(server.messages()).containsExactly("..a\r\nb\r\n.\r\n");
        }
    }
}
