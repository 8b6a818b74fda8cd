package palomar.storage;

import java.util.Optional;

/// What one user has and may have, in all his mailboxes together. RFC 9208 3.2. Safe for many threads.
///
/// Usage is counted with each change, never by looking through mailboxes, and limits hold exactly: of changes side
/// by side only as many succeed as there is room for. A change that exceeds a limit throws MailException
/// OVER_QUOTA and leaves nothing behind. Lower limits than what is there already take nothing away.
public interface QuotaRoot {

    /// As of now, with changes that are on their way to the disk.
    QuotaUsage usage();

    /// In force: what was set, else what was configured, else none.
    QuotaLimits limits();

    /// What the configuration says for this user. Not stored: whoever opens a user's mail to change it says so
    /// first.
    void configured(QuotaLimits limits);

    /// Sets limits that count instead of the configured ones; empty: those count again. Durable on return.
    void set(Optional<QuotaLimits> limits);

    /// Throws MailException OVER_QUOTA when there is no room for so much more just now.
    default void requireRoom(long bytes, long messages) {
        limits().requireRoom(usage(), QuotaUsage.ofMail(bytes, messages));
    }
}
