package palomar.storage.loft.v1;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import palomar.mail.MailboxName;
import palomar.storage.NamedValues;
import palomar.storage.QuotaLimits;
import palomar.storage.QuotaUsage;

/// A user in the catalog: his mailboxes by name and his subscriptions. There may be very many, most of them
/// asleep, so what is not used is not there.
///
/// Names change only when a record is applied, under this object's monitor. [#tree] is held by whoever changes the
/// tree, from looking at it until the record is applied, so that two creations of one name can't meet.
final class UserNode {
    final String name;

    /// In name order.
    private final ArrayList<Box> boxes = new ArrayList<>(1);

    private @Nullable TreeSet<MailboxName> subscriptions;
    private @Nullable ReentrantLock tree;
    private @Nullable Watchers watchers;
    private @Nullable MessageWatchers messageWatchers;
    private volatile NamedValues values = NamedValues.NONE;
    private volatile QuotaLimits configured = QuotaLimits.NONE;

    // What he has, with messages that are on their way into the log.
    private long bytes;
    private long messages;
    private long annotations;
    private volatile boolean deleted;

    UserNode(String name) {
        this.name = name;
    }

    boolean deleted() {
        return deleted;
    }

    void deletedNow() {
        deleted = true;
    }

    synchronized ReentrantLock tree() {
        ReentrantLock lock = tree;
        if (lock == null) {
            lock = new ReentrantLock();
            tree = lock;
        }
        return lock;
    }

    synchronized Watchers watchers() {
        Watchers there = watchers;
        if (there == null) {
            there = new Watchers();
            watchers = there;
        }
        return there;
    }

    /// The watchers, when there ever were any.
    synchronized @Nullable Watchers watchersNow() {
        return watchers;
    }

    synchronized MessageWatchers messageWatchers() {
        MessageWatchers there = messageWatchers;
        if (there == null) {
            there = new MessageWatchers();
            messageWatchers = there;
        }
        return there;
    }

    /// The watchers of messages, when there ever were any.
    synchronized @Nullable MessageWatchers messageWatchersNow() {
        return messageWatchers;
    }

    NamedValues values() {
        return values;
    }

    synchronized void apply(ValueChange change) {
        NamedValues after = change.applyTo(values);
        annotations += after.annotationBytes() - values.annotationBytes();
        values = after;
    }

    synchronized QuotaUsage usage() {
        return new QuotaUsage(bytes, messages, boxes.size(), annotations);
    }

    QuotaLimits limits() {
        return values.get(QuotaLimits.ATTRIBUTE).flatMap(QuotaLimits::parse).orElse(configured);
    }

    void configured(QuotaLimits limits) {
        configured = limits;
    }

    /// Numbers may be negative.
    synchronized void charge(long moreBytes, long moreMessages) {
        bytes += moreBytes;
        messages += moreMessages;
    }

    synchronized void annotated(long moreBytes) {
        annotations += moreBytes;
    }

    /// From the mailboxes themselves: once, when the store was opened and nobody else is here yet.
    void recount() {
        long sumBytes = 0;
        long sumMessages = 0;
        long sumAnnotations = values.annotationBytes();
        for (Box box : boxes()) {
            Counters counters = box.counters();
            sumBytes += counters.bytes();
            sumMessages += counters.messages();
            sumAnnotations += box.annotationBytes();
        }
        synchronized (this) {
            bytes = sumBytes;
            messages = sumMessages;
            annotations = sumAnnotations;
        }
    }

    synchronized List<Box> boxes() {
        return new ArrayList<>(boxes);
    }

    synchronized @Nullable Box box(MailboxName wanted) {
        int at = place(wanted);
        return at >= 0 ? boxes.get(at) : null;
    }

    /// As [java.util.Collections#binarySearch]: where a name is, or -1 minus where it would be.
    private int place(MailboxName wanted) {
        int low = 0;
        int high = boxes.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = boxes.get(middle).name().compareTo(wanted);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1 - low;
    }

    /// Mailboxes below a name, itself excluded.
    synchronized List<Box> below(MailboxName parent) {
        List<Box> below = new ArrayList<>();
        int at = place(parent);
        for (int i = at >= 0 ? at + 1 : -1 - at; i < boxes.size(); i++) {
            Box box = boxes.get(i);
            if (box.name().isBelow(parent)) {
                below.add(box);
            } else if (!box.name().value().startsWith(parent.value())) {
                break;
            }
        }
        return below;
    }

    synchronized SortedSet<MailboxName> subscriptions() {
        TreeSet<MailboxName> there = subscriptions;
        return there == null ? new TreeSet<>() : new TreeSet<>(there);
    }

    synchronized void clearBoxes() {
        boxes.clear();
    }

    /// Puts a mailbox under its name, in place of one that had it.
    synchronized void put(Box box) {
        int at = place(box.name());
        if (at >= 0) {
            boxes.set(at, box);
        } else {
            boxes.add(-1 - at, box);
        }
    }

    synchronized void remove(Box box) {
        int at = place(box.name());
        if (at >= 0 && boxes.get(at) == box) {
            boxes.remove(at);
        }
    }

    synchronized void rename(Box box, MailboxName to) {
        remove(box);
        box.renamed(to);
        put(box);
    }

    synchronized void subscribe(MailboxName to, boolean on) {
        TreeSet<MailboxName> there = subscriptions;
        if (there == null) {
            there = new TreeSet<>();
        }
        if (on) {
            there.add(to);
        } else {
            there.remove(to);
        }
        subscriptions = there.isEmpty() ? null : there;
    }
}
