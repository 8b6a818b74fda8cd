package palomar.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palomar.auth.UserRecord;
import palomar.smtp.proto.SmtpPath;
import palomar.testkit.ManualClock;
import palomar.testkit.ScriptedSmtp;
import palomar.testkit.WireClient;

/// How much a user may send, and as whom.
class LimitsTest {
    private static final Optional<Integer> THREE = Optional.of(3);

    private final ManualClock clock = new ManualClock();
    private final HourlyLimits limits = new HourlyLimits(clock);

    private int taken() {
        int taken = 0;
        while (limits.take("anna", THREE)) {
            taken++;
        }
        return taken;
    }

    @Test
    void whatWasTakenIsFreeAfterAnHour() {
        assertThat(limits.take("anna", THREE)).isTrue();
        clock.advance(Duration.ofMinutes(30));
        assertThat(taken()).isEqualTo(2);
        assertThat(limits.take("bob", THREE)).isTrue();
        clock.advance(Duration.ofMinutes(29));
        assertThat(taken()).isZero();
        clock.advance(Duration.ofMinutes(1));
        assertThat(taken()).isEqualTo(1);
        clock.advance(Duration.ofMinutes(30));
        assertThat(taken()).isEqualTo(2);
        clock.advance(Duration.ofDays(1));
        assertThat(taken()).isEqualTo(3);
    }

    @Test
    void whatIsGivenBackIsFreeAtOnceAndNotTwice() {
        assertThat(taken()).isEqualTo(3);
        clock.advance(Duration.ofMinutes(10));
        limits.giveBack("anna", 2);
        assertThat(taken()).isEqualTo(2);
        limits.giveBack("anna", 50);
        limits.giveBack("nobody", 1);
        assertThat(taken()).isEqualTo(3);
        clock.advance(Duration.ofHours(2));
        assertThat(taken()).isEqualTo(3);
    }

    @Test
    void nobodyIsCountedWithoutALimit() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(limits.take("anna", Optional.empty())).isTrue();
        }
        assertThat(taken()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "anna,'',anna@example.org,true",
        "anna,'',ANNA@Example.ORG,true",
        "anna,'',anna+x+y@example.org,true",
        "anna,'',anna@example.net,false",
        "anna,'',anna,false",
        "anna,'',anna2@example.org,false",
        "anna,'','\"anna \"@example.org',false",
        "anna@example.net,'',anna@example.net,true",
        "anna@example.net,'',anna@example.org,false",
        "anna,info@a.example bob@b.example,bob@b.example,true",
        "anna,'info@a.example,bob@b.example',info+x@a.example,true",
        "anna,info@a.example,xinfo@a.example,false",
        "anna,@a.example,anybody@a.example,true",
        "anna,@a.example,anybody@b.a.example,false",
        "anna,*,whoever@wherever.example,true",
        "anna,'',<>,true"
    })
    void ownsAnAddress(String user, String field, String address, boolean owns) {
        UserRecord record = new UserRecord(user, field.isEmpty() ? Map.of() : Map.of("sender", field));
        SenderRights rights = new SenderRights(record, SubmissionServer.usual());
        assertThat(rights.owns(SmtpPath.parse(address).orElseThrow())).isEqualTo(owns);
    }

    @Test
    void tooMuchWithinAnHourIsRefusedForTheTimeBeing() throws Exception {
        String mail = "C: RSET\nS: 250\nC: MAIL FROM:<anna@example.org>\nS: 250 fine\n";
        String to = "C: RCPT TO:<%s@y.example>\nS: %s\n";
        String data = "C: DATA\nS: 354 go\nDATA\nS: 250 2.0.0 queued\n";
        String script = SubmissionServer.HELLO
                + mail + to.formatted("no", "550 5.1.1 no") + to.formatted("a", "250") + to.formatted("b", "250")
                + "C: RSET\nS: 250\n"
                + mail.substring(mail.indexOf("C: MAIL")) + to.formatted("a", "250") + to.formatted("b", "250")
                + to.formatted("c", "250") + data
                + "C: QUIT\nS: 221";
        try (ScriptedSmtp relay = new ScriptedSmtp(null, script);
                SubmissionServer server = new SubmissionServer(limited(), SubmissionServer.way(relay, usual -> usual));
                WireClient client = server.login("anna")) {
            client.line("MAIL FROM:<anna@example.org>").expect("250");
            client.line("RCPT TO:<no@y.example>").expect("550 5.1.1");
            client.line("RCPT TO:<a@y.example>").expect("250");
            client.line("RCPT TO:<b@y.example>").expect("250");
            client.line("RSET").expect("250"); // nothing was sent, nothing counts
            client.line("MAIL FROM:<anna@example.org>").expect("250");
            client.line("RCPT TO:<a@y.example>").expect("250");
            client.line("RCPT TO:<b@y.example>").expect("250");
            client.line("RCPT TO:<c@y.example>").expect("250");
            client.line("RCPT TO:<d@y.example>").expect("450 4.7.1");
            client.line("DATA").expect("354");
            client.line("Subject: x\r\n\r\n.").expect("250 2.0.0 queued");
            client.line("MAIL FROM:<anna@example.org>").expect("450 4.7.1");
            try (WireClient second = server.login("anna")) {
                second.line("MAIL FROM:<anna@example.org>").expect("450 4.7.1");
            }
        }
    }

    @Test
    void nobodyHoldsMoreConnectionsThanHisShare() throws Exception {
        String script = SubmissionServer.HELLO
                + "C: RSET\nS: 250\nC: MAIL FROM:<anna@example.org>\nS: 250 fine\nC: RSET\nS: 250\n"
                + "C: MAIL FROM:<anna@example.org>\nS: 250 fine\n";
        try (ScriptedSmtp relay = new ScriptedSmtp(null, script);
                SubmissionServer server = new SubmissionServer(limited(), SubmissionServer.way(relay, usual -> usual));
                WireClient client = server.login("anna");
                WireClient second = server.login("anna")) {
            client.line("MAIL FROM:<anna@example.org>").expect("250");
            second.line("MAIL FROM:<anna@example.org>").expect("451 4.3.2 many of your");
            client.line("RSET").expect("250");
            second.line("MAIL FROM:<anna@example.org>").expect("250");
        }
    }

    private static SubmissionSettings limited() {
        SubmissionSettings usual = SubmissionServer.usual();
        return new SubmissionSettings(
                usual.host(),
                usual.plaintext(),
                usual.mechanisms(),
                usual.beforeLogin(),
                usual.idle(),
                usual.mostLoginFailures(),
                usual.mostSessionsPerUser(),
                usual.mostBytes(),
                usual.mostRecipients(),
                1,
                Optional.of(1),
                THREE,
                usual.ownSenders(),
                usual.domains(),
                usual.detailSeparator(),
                usual.removesBcc(),
                usual.verifies());
    }
}
