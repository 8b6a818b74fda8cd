package palomar.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static palomar.outbox.OutboxFixture.message;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.smtp.client.Envelope;
import palomar.smtp.client.EnvelopeOptions;
import palomar.smtp.client.EnvelopeRecipient;
import palomar.smtp.client.Notify;
import palomar.testkit.Seeds;

@Timeout(60)
class SpooledOutboxTest {
    private final OutboxFixture fixture = new OutboxFixture(Seeds.random("SpooledOutboxTest"));
    private final FakeRelay relay = fixture.relay;

    private static Envelope envelope(EnvelopeOptions options, Notify... notify) {
        EnvelopeRecipient bob =
                new EnvelopeRecipient(OutboxFixture.path("bob@b.example"), Set.of(notify), Optional.empty());
        return new Envelope(OutboxFixture.path("ann@a.example"), List.of(bob), options);
    }

    private static void assertRefused(MailError kind, SpooledOutbox outbox, OutgoingMessage message) {
        assertThatThrownBy(() -> outbox.enqueue(message))
                .isInstanceOfSatisfying(
                        MailException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(kind));
    }

    @Test
    void whatIsQueuedIsSentOnceAndForgotten() throws IOException {
        try (SpooledOutbox outbox = fixture.open()) {
            assertThat(outbox.enqueue(message("k", "bob@b.example", "carl@c.example")))
                    .isEqualTo(Outbox.Taken.QUEUED);
            assertThat(outbox.carryDue()).isEqualTo(1);
            assertThat(relay.sent())
                    .containsExactly(
                            new FakeRelay.Sent("ann@a.example", "bob@b.example", OutboxFixture.TEXT),
                            new FakeRelay.Sent("ann@a.example", "carl@c.example", OutboxFixture.TEXT));
            assertThat(outbox.list()).isEmpty();
            assertThat(outbox.carryDue()).isZero();
            assertThat(fixture.disk.files()).noneMatch(file -> file.toString().contains(".mail"));
        }
        assertThat(fixture.disk.openHandles()).isEmpty();
    }

    @Test
    void aKeyIsKnownWhileTheMessageWaitsAndLongAfter() throws IOException {
        try (SpooledOutbox outbox = fixture.open()) {
            outbox.enqueue(message("k", "bob@b.example"));
            assertThat(outbox.enqueue(message("k", "bob@b.example"))).isEqualTo(Outbox.Taken.KNOWN);
            assertThat(outbox.enqueue(message("other", "bob@b.example"))).isEqualTo(Outbox.Taken.QUEUED);
            outbox.carryDue();
            assertThat(outbox.enqueue(message("k", "bob@b.example"))).isEqualTo(Outbox.Taken.KNOWN);
        }
        fixture.clock.advance(Duration.ofDays(6));
        try (SpooledOutbox again = fixture.open()) {
            assertThat(again.enqueue(message("k", "bob@b.example"))).isEqualTo(Outbox.Taken.KNOWN);
            fixture.clock.advance(Duration.ofDays(2));
            assertThat(again.enqueue(message("k", "bob@b.example"))).isEqualTo(Outbox.Taken.QUEUED);
        }
    }

    @Test
    void withoutAKeyTheSameGoesOutTwice() throws IOException {
        try (SpooledOutbox outbox = fixture.open()) {
            outbox.enqueue(message("", "bob@b.example"));
            outbox.enqueue(message("", "bob@b.example"));
            outbox.carryDue();
            assertThat(relay.sent()).hasSize(2);
        }
    }

    @Test
    void manyThreadsWithOneKeySendOnce() throws Exception {
        int threads = 8;
        try (SpooledOutbox outbox = fixture.open()) {
            CountDownLatch start = new CountDownLatch(1);
            List<Thread> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(Thread.ofVirtual().start(() -> {
                    try {
                        start.await();
                        outbox.enqueue(message("k", "bob@b.example"));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }));
            }
            start.countDown();
            for (Thread thread : all) {
                thread.join();
            }
            outbox.carryDue();
            assertThat(relay.sent()).hasSize(1);
        }
    }

    @Test
    void aMessageIsNotSentBeforeItsTime() throws IOException {
        Instant later = fixture.clock.instant().plus(Duration.ofHours(2));
        try (SpooledOutbox outbox = fixture.open()) {
            OutgoingMessage now = message("k", "bob@b.example");
            outbox.enqueue(new OutgoingMessage("k", now.envelope(), now.content(), Optional.of(later)));
            assertThat(outbox.carryDue()).isZero();
            fixture.clock.set(later);
            assertThat(outbox.carryDue()).isEqualTo(1);
        }
    }

    @Test
    void onlyThoseWhoDoNotHaveItYetAreTriedAgainAtGrowingIntervals() throws IOException {
        relay.answer("carl@c.example", FakeRelay.temporary("greylisted"));
        SpooledOutbox outbox = fixture.open();
        outbox.enqueue(message("k", "bob@b.example", "carl@c.example"));
        outbox.carryDue();
        Duration before = Duration.ZERO;
        for (int i = 0; i < 6; i++) {
            Instant next = outbox.list().getFirst().next();
            Duration delay = Duration.between(fixture.clock.instant(), next);
            assertThat(delay).isGreaterThan(before).isLessThan(Duration.ofHours(5));
            before = delay;
            // A restart in between changes nothing.
            outbox.close();
            fixture.disk.kill();
            outbox = fixture.open();
            fixture.clock.set(next.minusMillis(1));
            assertThat(outbox.carryDue()).isZero();
            fixture.clock.set(next);
            assertThat(outbox.carryDue()).isEqualTo(1);
        }
        relay.answer("carl@c.example", null);
        fixture.clock.advance(Duration.ofHours(5));
        outbox.carryDue();
        assertThat(relay.sent()).extracting(FakeRelay.Sent::to).containsExactly("bob@b.example", "carl@c.example");
        assertThat(outbox.list()).isEmpty();
        outbox.close();
    }

    @Test
    void afterItsLifetimeItComesBack() throws IOException {
        relay.answer("bob@b.example", FakeRelay.temporary("full"));
        try (SpooledOutbox outbox = fixture.open()) {
            outbox.enqueue(message("k", "bob@b.example"));
            outbox.carryDue();
            fixture.clock.advance(Duration.ofDays(5));
            outbox.carryDue();
            assertThat(outbox.list()).isEmpty();
            assertThat(relay.sent()).hasSize(1);
            FakeRelay.Sent bounce = relay.sent().getFirst();
            assertThat(bounce.from()).isEmpty();
            assertThat(bounce.to()).isEqualTo("ann@a.example");
            assertThat(bounce.text())
                    .contains("\r\nStatus: 4.4.7\r\n")
                    .contains("Diagnostic-Code: smtp; 451 4.2.1 full\r\n");
        }
    }

    @Test
    void aFailureIsReportedToTheSenderOnce() throws IOException {
        relay.answer("bob@b.example", FakeRelay.permanent("no bob"));
        try (SpooledOutbox outbox = fixture.open()) {
            outbox.enqueue(message("k", "bob@b.example", "carl@c.example"));
            outbox.carryDue();
            assertThat(relay.sent()).extracting(FakeRelay.Sent::to).containsExactly("carl@c.example", "ann@a.example");
            assertThat(relay.sent().getLast().text())
                    .contains("Content-Type: multipart/report; report-type=delivery-status;")
                    .contains("Auto-Submitted: auto-replied\r\n")
                    .contains("From: Mail Delivery System <postmaster@mail.example>\r\n")
                    .contains("Reporting-MTA: dns; mail.example\r\n")
                    .contains("Final-Recipient: rfc822; bob@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n")
                    .contains("Remote-MTA: dns; relay.example\r\n")
                    .contains("Content-Type: text/rfc822-headers")
                    .contains("Subject: hello\r\n")
                    .doesNotContain("body\r\n")
                    .doesNotContain("Final-Recipient: rfc822; carl");
            assertThat(outbox.list()).isEmpty();
        }
    }

    @Test
    void nobodyIsToldOfWhatHasNoSenderOrWasNotAskedFor() throws IOException {
        relay.answer("bob@b.example", FakeRelay.permanent("no bob"));
        try (SpooledOutbox outbox = fixture.open()) {
            outbox.enqueue(OutboxFixture.from("", "1", "bob@b.example"));
            outbox.enqueue(OutgoingMessage.of(
                    "2", envelope(EnvelopeOptions.NONE, Notify.NEVER), OutboxFixture.content(OutboxFixture.TEXT)));
            outbox.enqueue(OutgoingMessage.of(
                    "3", envelope(EnvelopeOptions.NONE, Notify.DELAY), OutboxFixture.content(OutboxFixture.TEXT)));
            outbox.carryDue();
            assertThat(relay.sent()).isEmpty();
            assertThat(outbox.list()).isEmpty();
        }
    }

    @Test
    void theSenderGetsAsMuchBackAsHeAskedFor() throws IOException {
        relay.answer("bob@b.example", FakeRelay.permanent("no bob"));
        EnvelopeOptions full =
                new EnvelopeOptions(Optional.of(EnvelopeOptions.Ret.FULL), Optional.of("QQ1"), Optional.empty(), false);
        try (SpooledOutbox outbox = fixture.open()) {
            outbox.enqueue(
                    OutgoingMessage.of("k", envelope(full, Notify.FAILURE), OutboxFixture.content(OutboxFixture.TEXT)));
            outbox.carryDue();
            assertThat(relay.sent().getFirst().text())
                    .contains("Original-Envelope-Id: QQ1\r\n")
                    .contains("Content-Type: message/rfc822\r\n")
                    .contains(OutboxFixture.TEXT);
        }
    }

    @Test
    void successIsToldWhereTheRelayWillNot() throws IOException {
        try (SpooledOutbox outbox = fixture.open()) {
            outbox.enqueue(OutgoingMessage.of(
                    "1", envelope(EnvelopeOptions.NONE, Notify.SUCCESS), OutboxFixture.content(OutboxFixture.TEXT)));
            outbox.carryDue();
            assertThat(relay.sent()).hasSize(1);
            relay.dsn(false);
            outbox.enqueue(OutgoingMessage.of(
                    "2", envelope(EnvelopeOptions.NONE, Notify.SUCCESS), OutboxFixture.content(OutboxFixture.TEXT)));
            outbox.carryDue();
            assertThat(relay.sent()).hasSize(3);
            assertThat(relay.sent().getLast().text()).contains("Action: relayed\r\nStatus: 2.0.0\r\n");
        }
    }

    @Test
    void aDelayIsToldOnceWhenTheOperatorWantsThat() throws IOException {
        relay.answer("bob@b.example", FakeRelay.temporary("full"));
        CarrierSettings p = fixture.patience;
        CarrierSettings warning = new CarrierSettings(
                p.firstRetry(),
                p.longestRetry(),
                p.lifetime(),
                Optional.of(Duration.ofHours(4)),
                p.host(),
                p.postmaster());
        try (SpooledOutbox outbox = fixture.open(SpoolSettings.of(OutboxFixture.FOLDER), warning)) {
            outbox.enqueue(message("k", "bob@b.example"));
            for (int i = 0; i < 6; i++) {
                outbox.carryDue();
                fixture.clock.advance(Duration.ofHours(5));
            }
            assertThat(relay.sent()).hasSize(1);
            assertThat(relay.sent().getFirst().text())
                    .contains("Action: delayed\r\nStatus: 4.2.1\r\n")
                    .contains("Will-Retry-Until: ");
        }
    }

    @Test
    void aRelayThatIsDownIsLeftAloneAndCostsNoAttempts() throws IOException {
        relay.down(true);
        try (SpooledOutbox outbox = fixture.open()) {
            for (int i = 0; i < 20; i++) {
                outbox.enqueue(message("k" + i, "bob@b.example"));
            }
            assertThat(outbox.carryDue()).isEqualTo(1);
            assertThat(outbox.trouble()).isPresent();
            fixture.clock.advance(Duration.ofMinutes(2));
            assertThat(outbox.carryDue()).isEqualTo(1);
            for (int i = 0; i < 100; i++) {
                fixture.clock.advance(Duration.ofMinutes(5));
                assertThat(outbox.carryDue()).isEqualTo(1);
            }
            assertThat(outbox.list()).allMatch(mail -> mail.attempts() == 0);
            relay.down(false);
            assertThat(outbox.carryDue()).isZero();
            assertThat(outbox.flush()).isEqualTo(20);
            assertThat(outbox.carryDue()).isEqualTo(20);
            assertThat(outbox.trouble()).isEmpty();
            assertThat(relay.sent()).hasSize(20);
        }
    }

    @Test
    void moreThanTheLimitsIsRefused() throws IOException {
        try (SpooledOutbox outbox = fixture.open(OutboxFixture.small(2), fixture.patience)) {
            OutgoingMessage usual = message("big", "bob@b.example");
            assertRefused(
                    MailError.LIMIT,
                    outbox,
                    OutgoingMessage.of("big", usual.envelope(), OutboxFixture.content("x".repeat(1001))));
            assertRefused(
                    MailError.LIMIT,
                    outbox,
                    message("many", "a@b.example", "b@b.example", "c@b.example", "d@b.example"));
            outbox.enqueue(message("1", "bob@b.example"));
            outbox.enqueue(message("2", "bob@b.example"));
            assertRefused(MailError.UNAVAILABLE, outbox, message("3", "bob@b.example"));
            outbox.carryDue();
            assertThat(outbox.enqueue(message("3", "bob@b.example"))).isEqualTo(Outbox.Taken.QUEUED);
        }
    }

    @Test
    void aFullQueueStillTakesReports() throws IOException {
        relay.answer("bob@b.example", FakeRelay.permanent("no bob"));
        try (SpooledOutbox outbox = fixture.open(OutboxFixture.small(1), fixture.patience)) {
            outbox.enqueue(message("1", "bob@b.example"));
            outbox.carryDue();
            assertThat(relay.sent()).hasSize(1);
        }
    }

    @Test
    void theOperatorHoldsReleasesAndDrops() throws IOException {
        SpooledOutbox outbox = fixture.open();
        outbox.enqueue(message("1", "bob@b.example"));
        outbox.enqueue(message("2", "carl@c.example"));
        String first = outbox.list().getFirst().id();
        String second = outbox.list().getLast().id();
        assertThat(outbox.hold(first, true)).isTrue();
        assertThat(outbox.drop(second)).isTrue();
        assertThat(outbox.hold("nonsense", true)).isFalse();
        assertThat(outbox.drop(second)).isFalse();
        assertThat(outbox.enqueue(message("2", "carl@c.example"))).isEqualTo(Outbox.Taken.KNOWN);
        outbox.close();
        try (SpooledOutbox again = fixture.open()) {
            assertThat(again.carryDue()).isZero();
            assertThat(again.flush()).isZero();
            assertThat(again.show(first).orElseThrow()).contains("from: <ann@a.example>", "next: held");
            assertThat(again.hold(first, false)).isTrue();
            assertThat(again.carryDue()).isEqualTo(1);
            assertThat(relay.sent()).hasSize(1);
        }
    }

    @Test
    void itSendsByItselfAndTakesOtherSettings() throws Exception {
        FakeRelay other = new FakeRelay();
        try (SpooledOutbox outbox = fixture.open()) {
            outbox.become(other, fixture.patience);
            outbox.enqueue(message("1", "bob@b.example"));
            outbox.start();
            while (outbox.size() > 0) {
                Thread.onSpinWait();
            }
            assertThat(other.sent()).hasSize(1);
            assertThat(relay.sent()).isEmpty();
        }
    }
}
