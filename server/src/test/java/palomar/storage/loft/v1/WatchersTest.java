package palomar.storage.loft.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import palomar.event.Event;
import palomar.mail.MailboxId;
import palomar.storage.Watch;

/// Writers don't wait for those who watch, and nobody who watches misses the last change.
class WatchersTest {
    private static final int MANY = 5000;

    @Test
    void aFewAreWokenBeforeTheWriterGoesOn() {
        Watchers watchers = new Watchers();
        AtomicInteger woken = new AtomicInteger();
        List<Watch> watches = new ArrayList<>();
        for (int i = 0; i < Watchers.AT_ONCE; i++) {
            watches.add(watchers.add(woken::incrementAndGet));
        }
        watchers.wake(Event.SILENT);
        assertThat(woken).hasValue(Watchers.AT_ONCE);
        watches.forEach(Watch::close);
        assertThat(watchers.isEmpty()).isTrue();
        watchers.wake(Event.SILENT);
        assertThat(woken).hasValue(Watchers.AT_ONCE);
    }

    /// The first watcher that is woken holds the round up, so that a writer which went round itself would hang.
    @Test
    void aWriterDoesNotWaitForManyAndTheirWakesAreJoined() throws Exception {
        Watchers watchers = new Watchers();
        CountDownLatch held = new CountDownLatch(1);
        AtomicInteger changes = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        Semaphore sawTheLast = new Semaphore(0);
        int last = 1000;
        for (int i = 0; i < MANY; i++) {
            watchers.add(() -> {
                await(held);
                calls.incrementAndGet();
                if (changes.get() == last) {
                    sawTheLast.release();
                }
            });
        }
        for (int i = 0; i < last; i++) {
            changes.incrementAndGet();
            watchers.wake(Event.SILENT);
        }
        held.countDown();
        sawTheLast.acquire(MANY);
        assertThat(calls.get()).isBetween(MANY, 2 * MANY);
    }

    @Test
    void manyWhoHearOfMailboxesHearOfEachOne() throws Exception {
        MessageWatchers watchers = new MessageWatchers();
        CountDownLatch held = new CountDownLatch(1);
        Semaphore heardAll = new Semaphore(0);
        for (int i = 0; i < MANY; i++) {
            Set<MailboxId> heard = ConcurrentHashMap.newKeySet();
            watchers.add(mailbox -> {
                await(held);
                if (heard.add(mailbox) && heard.size() == 3) {
                    heardAll.release();
                }
            });
        }
        for (long id = 1; id <= 3; id++) {
            watchers.wake(new MailboxId(id), Event.SILENT);
        }
        held.countDown();
        heardAll.acquire(MANY);
    }

    @Test
    void oneThatFailsDoesNotKeepTheOthersFromBeingWoken() throws Exception {
        Watchers watchers = new Watchers();
        Semaphore woken = new Semaphore(0);
        for (int i = 0; i < 100; i++) {
            boolean fails = i % 2 == 0;
            watchers.add(() -> {
                if (fails) {
                    throw new IllegalStateException("a bug");
                }
                woken.release();
            });
        }
        watchers.wake(Event.SILENT);
        woken.acquire(50);
        watchers.wake(Event.SILENT);
        woken.acquire(50);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
