package palomar.imap;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import palomar.imap.proto.CommandReader;
import palomar.net.ClientGone;
import palomar.net.ReadInterrupted;
import palomar.storage.Watch;

/// IDLE. RFC 9051 6.3.13
///
/// The session's thread waits for DONE and holds nothing. A change in the mailbox starts a short virtual thread
/// that tells it; further changes while one is on its way start none. Both write under `writing`, which is the
/// writer's lock.
final class IdleHandler {
    private static final Watch NOTHING = () -> {};

    private final Dialogue dialogue;
    private final @Nullable SelectedMailbox box;
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicBoolean onItsWay = new AtomicBoolean();

    /// Guarded by `writing`.
    private boolean over;

    private volatile boolean mailboxGone;

    /// @param box what is selected, if anything
    IdleHandler(Dialogue dialogue, @Nullable SelectedMailbox box) {
        this.dialogue = dialogue;
        this.box = box;
    }

    enum End {
        DONE,
        OTHER,
        OVERRUN,
        MAILBOX_GONE
    }

    End run() throws IOException {
        dialogue.out().continuation("idling");
        dialogue.out().flush();
        SelectedMailbox selected = box;
        MetadataWatch metadata = dialogue.metadataWatch();
        if (selected == null && metadata == null) {
            return waitForDone();
        }
        dialogue.connection().flushBeforeWaiting(false);
        try (Watch _ = selected == null ? NOTHING : selected.mailbox().watch(this::wake);
                Watch _ = metadata == null ? NOTHING : metadata.onChange(this::wake)) {
            // What happened between the last answer and the watch.
            tell();
            return waitForDone();
        } catch (ReadInterrupted woken) {
            if (mailboxGone) {
                return End.MAILBOX_GONE;
            }
            throw woken;
        } finally {
            writing.lock();
            over = true;
            writing.unlock();
            dialogue.connection().flushBeforeWaiting(true);
        }
    }

    private End waitForDone() throws IOException {
        if (dialogue.in().buffered() == 0
                && !dialogue.connection().awaitInput(dialogue.settings().idle())) {
            throw new ClientGone(ClientGone.Reason.CLOSED, "closed in IDLE");
        }
        CommandReader.IdleEnd end = dialogue.reader().readDone();
        return switch (end) {
            case DONE -> End.DONE;
            case OTHER -> End.OTHER;
            case OVERRUN -> End.OVERRUN;
        };
    }

    private void wake() {
        if (onItsWay.compareAndSet(false, true)) {
            Thread.ofVirtual().name("idle-" + dialogue.connection().id()).start(this::tell);
        }
    }

    private void tell() {
        SelectedMailbox selected = box;
        writing.lock();
        try {
            onItsWay.set(false);
            if (over) {
                return;
            }
            if (selected != null && selected.mailbox().deleted()) {
                mailboxGone = true;
                dialogue.connection().wakeReader(ReadInterrupted.Why.KICKED);
                return;
            }
            if (selected != null) {
                selected.sync(dialogue.out(), Telling.ALL, Quiet.NONE);
            }
            dialogue.tellMetadata();
            dialogue.out().flush();
        } catch (ClientGone gone) {
            dialogue.events().debug("imap.client-gone", String.valueOf(gone.getMessage()));
            dialogue.connection().abort();
        } catch (IOException | RuntimeException e) {
            // The top of a thread: half a response may be out, so the connection is of no use any more.
            dialogue.events().error("imap.idle-failed", "changes could not be told; the connection was closed", e);
            dialogue.connection().abort();
        } finally {
            writing.unlock();
        }
    }
}
