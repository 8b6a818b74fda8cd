package palomar.storage.loft.v1;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What has to be done once a group is in force. One thread, used for one group or one replay.
final class Applying {
    private final Set<Watchers> toWake = new LinkedHashSet<>(4);
    private final Set<Box> toIndex = new LinkedHashSet<>(2);

    void wake(@Nullable Watchers watchers) {
        if (watchers != null && !watchers.isEmpty()) {
            toWake.add(watchers);
        }
    }

    /// The mailbox has many frames that its index file does not contain, or is gone and needs none.
    void index(Box box) {
        toIndex.add(box);
    }

    Set<Watchers> toWake() {
        return toWake;
    }

    Set<Box> toIndex() {
        return toIndex;
    }
}
