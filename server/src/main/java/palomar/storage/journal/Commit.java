package palomar.storage.journal;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import palomar.mail.MailException;

/// A submitted group on its way. At most one thread may [#await()] it.
public final class Commit {
    final Group group;
    final Durability durability;
    final Applied applied;

    private volatile @Nullable Thread waiter;
    private volatile boolean done;
    private long groupLsn;
    private @Nullable MailException refusal;

    Commit(Group group, Durability durability, Applied applied) {
        this.group = group;
        this.durability = durability;
        this.applied = applied;
    }

    /// Parks until the group is committed and applied. Interruption is kept for the caller and does not end the
    /// wait, because the outcome must be known.
    ///
    /// @return the group's LSN
    /// @throws MailException DISK_FULL: nothing was stored; UNAVAILABLE: it could not be stored, and won't
    ///     be unless the process ends before the journal could go on after a failed sync
    public long await() {
        if (!done) {
            park();
        }
        MailException refused = refusal;
        if (refused != null) {
            throw new MailException(refused.kind(), refused.getMessage(), refused);
        }
        return groupLsn;
    }

    private void park() {
        boolean interrupted = false;
        waiter = Thread.currentThread();
        while (!done) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void succeeded(long lsn) {
        groupLsn = lsn;
        finish();
    }

    /// Does nothing when the outcome is known already.
    void refused(MailException because) {
        if (!done) {
            refusal = because;
            applied.refused();
            finish();
        }
    }

    private void finish() {
        done = true;
        Thread parked = waiter;
        if (parked != null) {
            LockSupport.unpark(parked);
        }
    }
}
