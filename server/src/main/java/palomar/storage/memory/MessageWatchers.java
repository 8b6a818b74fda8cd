package palomar.storage.memory;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import palomar.mail.MailboxId;
import palomar.storage.Watch;

/// Those who want to hear of changes in any mailbox of a user. Safe for many threads.
final class MessageWatchers {
    private final List<Wish> wishes = new CopyOnWriteArrayList<>();

    Watch add(Consumer<MailboxId> changed) {
        Wish wish = new Wish(changed);
        wishes.add(wish);
        return wish;
    }

    /// Call without the store's lock.
    void wakeAll(MailboxId mailbox) {
        wishes.forEach(wish -> wish.changed.accept(mailbox));
    }

    private final class Wish implements Watch {
        private final Consumer<MailboxId> changed;

        private Wish(Consumer<MailboxId> changed) {
            this.changed = changed;
        }

        @Override
        public void close() {
            wishes.remove(this);
        }
    }
}
