package palomar.storage.loft.v1;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What has to be done once a group is in force. One thread, used for one group or one replay.
final class Applying {
    private final Set<Watchers> toWake = new LinkedHashSet<>(4);
    private final Set<Box> toIndex = new LinkedHashSet<>(2);
    private final Set<Changed> toTell = new LinkedHashSet<>(2);

    /// A mailbox, and those who watch all mailboxes of its user.
    record Changed(MessageWatchers watchers, long box) {}

    void wake(@Nullable Watchers watchers) {
        if (watchers != null && !watchers.isEmpty()) {
            toWake.add(watchers);
        }
    }

    void changed(@Nullable MessageWatchers watchers, long box) {
        if (watchers != null && !watchers.isEmpty()) {
            toTell.add(new Changed(watchers, box));
        }
    }

    /// The mailbox has many frames that its index file does not contain, or is gone and needs none.
    void index(Box box) {
        toIndex.add(box);
    }

    Set<Watchers> toWake() {
        return toWake;
    }

    Set<Changed> toTell() {
        return toTell;
    }

    Set<Box> toIndex() {
        return toIndex;
    }
}
