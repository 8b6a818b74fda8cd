package palomar.storage.memory;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import palomar.storage.Watch;

/// Those who want to be woken. Safe for many threads.
final class Watchers {
    private final List<Wish> wishes = new CopyOnWriteArrayList<>();

    Watch add(Runnable wake) {
        Wish wish = new Wish(wake);
        wishes.add(wish);
        return wish;
    }

    /// Call without the store's lock.
    void wakeAll() {
        wishes.forEach(wish -> wish.wake.run());
    }

    private final class Wish implements Watch {
        private final Runnable wake;

        private Wish(Runnable wake) {
            this.wake = wake;
        }

        @Override
        public void close() {
            wishes.remove(this);
        }
    }
}
