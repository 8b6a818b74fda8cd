package palomar.imap;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import palomar.net.ClientGone;
import palomar.net.ReadInterrupted;

/// Tells a client what changes while its session waits for it: in IDLE (RFC 9051 6.3.13), and between commands
/// after NOTIFY (RFC 5465 3.1).
///
/// The session's thread waits and holds nothing. A change starts a short virtual thread that tells it; further
/// changes while one is on its way start none. Only one of the two threads speaks at a time: the other one while
/// the session waits, under `writing`, the session's at all other times. [#wake()] may be called by any thread and
/// never blocks.
final class Pusher {
    /// Tells what is new, under the writer's lock.
    interface Telling {
        /// False when the selected mailbox is gone, so that the session must end.
        boolean tell() throws IOException;
    }

    interface Waiting<T> {
        T await() throws IOException;
    }

    private final Dialogue dialogue;
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicBoolean onItsWay = new AtomicBoolean();
    private final Runnable speak = this::speak;

    /// Written by the session's thread, under `writing` when it is taken away.
    private volatile @Nullable Telling telling;

    private volatile boolean mailboxGone;

    Pusher(Dialogue dialogue) {
        this.dialogue = dialogue;
    }

    /// Something has changed. While the session is at work nothing is started: it looks itself before it waits
    /// again.
    void wake() {
        if (telling != null && onItsWay.compareAndSet(false, true)) {
            Thread.startVirtualThread(speak);
        }
    }

    /// Was the wait broken off because the selected mailbox is gone?
    boolean mailboxGone() {
        return mailboxGone;
    }

    /// Waits; meanwhile each [#wake()] leads to a telling, and the first one is at once.
    <T> T whileWaiting(Telling what, Waiting<T> wait) throws IOException {
        dialogue.out().flush();
        dialogue.connection().flushBeforeWaiting(false);
        telling = what;
        try {
            speak();
            return wait.await();
        } finally {
            writing.lock();
            telling = null;
            writing.unlock();
            dialogue.connection().flushBeforeWaiting(true);
        }
    }

    private void speak() {
        writing.lock();
        try {
            onItsWay.set(false);
            Telling what = telling;
            if (what == null) {
                return;
            }
            if (!what.tell()) {
                mailboxGone = true;
                dialogue.connection().wakeReader(ReadInterrupted.Why.KICKED);
                return;
            }
            dialogue.out().flush();
        } catch (ClientGone gone) {
            dialogue.events().debug("imap.client-gone", String.valueOf(gone.getMessage()));
            dialogue.connection().abort();
        } catch (IOException | RuntimeException e) {
            // The top of a thread: half a response may be out, so the connection is of no use any more.
            dialogue.events().error("imap.push-failed", "changes could not be told; the connection was closed", e);
            dialogue.connection().abort();
        } finally {
            writing.unlock();
        }
    }
}
