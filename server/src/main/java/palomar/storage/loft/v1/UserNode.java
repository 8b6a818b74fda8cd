package palomar.storage.loft.v1;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import palomar.mail.MailboxName;

/// A user in the catalog: his mailboxes by name and his subscriptions.
///
/// Names change only when a record is applied, under this object's monitor. [#tree] is held by whoever changes the
/// tree, from looking at it until the record is applied, so that two creations of one name can't meet.
final class UserNode {
    final String name;
    final ReentrantLock tree = new ReentrantLock();
    final Watchers watchers = new Watchers();

    private final TreeMap<MailboxName, Box> boxes = new TreeMap<>();
    private final TreeSet<MailboxName> subscriptions = new TreeSet<>();
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

    synchronized List<Box> boxes() {
        return new ArrayList<>(boxes.values());
    }

    synchronized @Nullable Box box(MailboxName wanted) {
        return boxes.get(wanted);
    }

    /// Mailboxes below a name, itself excluded.
    synchronized List<Box> below(MailboxName parent) {
        List<Box> below = new ArrayList<>();
        for (Box box : boxes.tailMap(parent, false).values()) {
            if (box.name().isBelow(parent)) {
                below.add(box);
            } else if (!box.name().value().startsWith(parent.value())) {
                break;
            }
        }
        return below;
    }

    synchronized SortedSet<MailboxName> subscriptions() {
        return new TreeSet<>(subscriptions);
    }

    synchronized void clearBoxes() {
        boxes.clear();
    }

    synchronized void put(Box box) {
        boxes.put(box.name(), box);
    }

    synchronized void remove(Box box) {
        boxes.remove(box.name(), box);
    }

    synchronized void rename(Box box, MailboxName to) {
        boxes.remove(box.name(), box);
        box.renamed(to);
        boxes.put(to, box);
    }

    synchronized void subscribe(MailboxName to, boolean on) {
        if (on) {
            subscriptions.add(to);
        } else {
            subscriptions.remove(to);
        }
    }
}
