package palomar.imap;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.Tag;
import palomar.net.ClientGone;

/// Tells a client that has to wait how far its command is: `* OK [INPROGRESS ("a1" 454 1000)]`, after ten seconds
/// and every ten seconds from then on. RFC 9585
///
/// A loop over messages or mailboxes calls [#step()] for each, between responses. What happens inside the store in
/// one call is wrapped in [#during(Supplier)]: then another thread ([Tickers]) speaks, and says only that the work
/// goes on. One command, one thread.
final class Progress {
    /// RFC 9585 4 recommends 10 to 15 seconds.
    private static final long INTERVAL = 10_000;

    /// Fewer messages than this are put in order in no time.
    private static final int MANY = 100;

    private final Dialogue dialogue;
    private final Tag tag;
    private long done;
    private long goal;
    private int every = 1;
    private int untilLook = 1;
    private long nextAt;

    Progress(Dialogue dialogue, Tag tag) {
        this.dialogue = dialogue;
        this.tag = tag;
        this.nextAt = dialogue.clock().millis() + INTERVAL;
    }

    /// So many messages are to be worked on, beside those that were announced before.
    ///
    /// @param look at the clock every so many messages: those that take long need 1
    void more(long messages, int look) {
        done = goal;
        goal += messages;
        every = look;
        untilLook = look;
    }

    /// One message is done.
    void step() throws IOException {
        done++;
        if (--untilLook > 0) {
            return;
        }
        untilLook = every;
        // After the last one the answer follows.
        if (done < goal && isTime()) {
            tell(new ResponseCode.InProgress(tag, done, goal));
        }
    }

    private boolean isTime() {
        long now = dialogue.clock().millis();
        if (now < nextAt) {
            return false;
        }
        nextAt = now + INTERVAL;
        return true;
    }

    private void tell(ResponseCode code) throws IOException {
        dialogue.out().ok(Tag.NONE, code, "still at it");
        dialogue.out().flush();
    }

    /// Work in memory of which nothing is known until it is over.
    ///
    /// @param messages that it is about
    <T> T during(long messages, Supplier<T> work) {
        return messages < MANY ? work.get() : during(work);
    }

    /// Work that waits for a disk, which may take any time.
    void during(Runnable work) {
        during(() -> {
            work.run();
            return done;
        });
    }

    /// The same, with a result.
    <T> T during(Supplier<T> work) {
        Ticker ticker = new Ticker();
        dialogue.tickers().add(ticker);
        try {
            return work.get();
        } finally {
            ticker.stop();
        }
    }

    /// Speaks while the session's thread is busy and says nothing.
    private final class Ticker implements Tickers.Tick {
        private final ReentrantLock writing = new ReentrantLock();

        /// Guarded by `writing`.
        private boolean over;

        void stop() {
            dialogue.tickers().remove(this);
            writing.lock();
            over = true;
            writing.unlock();
        }

        @Override
        public boolean isDue() {
            if (!writing.tryLock()) {
                return false;
            }
            try {
                return !over && isTime();
            } finally {
                writing.unlock();
            }
        }

        @Override
        public void speak() {
            writing.lock();
            try {
                if (!over) {
                    tell(new ResponseCode.InProgress(tag, -1, 0));
                }
            } catch (ClientGone gone) {
                dialogue.events().debug("imap.client-gone", String.valueOf(gone.getMessage()));
            } catch (IOException e) {
                // The session's own next word will fail too, and end it.
                dialogue.events().debug("imap.progress-unsent", String.valueOf(e.getMessage()));
            } finally {
                writing.unlock();
            }
        }
    }
}
