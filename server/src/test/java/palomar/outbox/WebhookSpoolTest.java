package palomar.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.mail.MailException;
import palomar.smtp.client.Webhook;
import palomar.testkit.HostileDisk;
import palomar.testkit.Seeds;

/// Notifications to the web in the spool.
class WebhookSpoolTest {
    private static final String URI = "https://hooks.example/secret?a=%20+b";
    private static final String SHOWN = "webhook@hooks.example";

    private final OutboxFixture fixture = new OutboxFixture(Seeds.random("webhooks"));
    private final FakeRelay web = new FakeRelay();
    private final List<String> failures = new ArrayList<>();

    private SpooledOutbox open(OutboxFixture with) throws IOException {
        SpooledOutbox outbox = with.open();
        outbox.webhooks(web, with.patience, (webhook, reply) -> failures.add(webhook.user() + ": " + reply));
        return outbox;
    }

    private static OutgoingMessage hook(String key) {
        return OutgoingMessage.of(
                key,
                Webhook.of(URI, "böb o'x", true).orElseThrow().envelope(),
                OutboxFixture.content("{\"version\":1}"));
    }

    @Test
    void theTargetOutlivesARestartAndGoesItsOwnWay() throws IOException {
        try (SpooledOutbox outbox = open(fixture)) {
            outbox.enqueue(hook("k"));
        }
        try (SpooledOutbox again = fixture.open()) {
            assertThat(again.carryDue()).as("no way yet").isZero();
            assertThat(again.show(again.list().getFirst().id()).orElseThrow()).contains("post to: " + URI);
            assertThat(again.list().getFirst().firstRecipient()).isEqualTo("<" + SHOWN + ">");
        }
        try (SpooledOutbox again = open(fixture)) {
            again.carryDue();
            assertThat(again.list()).isEmpty();
            again.enqueue(hook("k"));
            assertThat(again.list()).as("known").isEmpty();
        }
        assertThat(web.envelopes().getFirst().options().webhook())
                .contains(Webhook.of(URI, "böb o'x", true).orElseThrow());
        assertThat(web.sent().getFirst().text()).isEqualTo("{\"version\":1}");
        assertThat(fixture.relay.tries()).isZero();
    }

    @Test
    void aRelayThatIsDownKeepsNoNotificationWaiting() throws IOException {
        fixture.relay.down(true);
        try (SpooledOutbox outbox = open(fixture)) {
            outbox.enqueue(OutboxFixture.message("m", "bob@b.example"));
            outbox.carryDue();
            outbox.enqueue(hook("k"));
            outbox.carryDue();
            assertThat(web.sent()).hasSize(1);
            assertThat(outbox.trouble()).as("the relay is still down").isPresent();
        }
    }

    @Test
    void aServerThatIsDownKeepsNoMailWaiting() throws IOException {
        web.answer(SHOWN, FakeRelay.temporary("HTTP 503"));
        try (SpooledOutbox outbox = open(fixture)) {
            outbox.enqueue(hook("k"));
            outbox.enqueue(OutboxFixture.message("m", "bob@b.example"));
            outbox.carryDue();
            assertThat(fixture.relay.sent()).hasSize(1);
            assertThat(outbox.list()).hasSize(1);
            web.answer(SHOWN, null);
            fixture.clock.advance(Duration.ofMinutes(2));
            outbox.carryDue();
            assertThat(outbox.list()).isEmpty();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void whatFailsForGoodIsToldToTheUserAndNotMailedToAnybody() throws IOException {
        web.answer(SHOWN, FakeRelay.permanent("HTTP 404"));
        try (SpooledOutbox outbox = open(fixture)) {
            outbox.enqueue(hook("k"));
            outbox.carryDue();
            assertThat(outbox.list()).isEmpty();
            assertThat(failures).containsExactly("böb o'x: 550 5.1.1 HTTP 404");
            web.answer(SHOWN, FakeRelay.temporary("HTTP 503"));
            outbox.enqueue(hook("l"));
            outbox.carryDue();
            fixture.clock.advance(Duration.ofDays(6));
            outbox.carryDue();
            assertThat(outbox.list()).isEmpty();
            assertThat(failures).hasSize(2).last().isEqualTo("böb o'x: 451 4.2.1 HTTP 503");
        }
        assertThat(fixture.relay.tries()).as("no bounces").isZero();
    }

    @Test
    void aPowerCutAtAnyCallLosesNoNotification() throws IOException {
        RandomGenerator random = Seeds.random("webhookCut");
        long calls = Long.MAX_VALUE;
        for (long cut = 1; cut <= calls; cut++) {
            OutboxFixture cutFixture = new OutboxFixture(random);
            int before = web.sent().size();
            boolean taken = false;
            cutFixture.disk.failFrom(cut, HostileDisk.Fault.IO_ERROR);
            try {
                SpooledOutbox outbox = open(cutFixture);
                outbox.enqueue(hook("k"));
                taken = true;
                outbox.carryDue();
                calls = cutFixture.disk.calls();
            } catch (IOException | MailException failed) {
                assertThat(taken).isFalse();
            }
            cutFixture.disk.heal();
            cutFixture.disk.crash();
            try (SpooledOutbox again = open(cutFixture)) {
                again.carryDue();
                assertThat(again.list()).isEmpty();
            }
            String what = "cut " + cut + ", seed " + Seeds.seed();
            assertThat(web.sent().size() - before).as(what).isBetween(taken ? 1 : 0, 2);
        }
    }
}
