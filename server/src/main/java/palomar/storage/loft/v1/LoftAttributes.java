package palomar.storage.loft.v1;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import palomar.storage.Attributes;
import palomar.storage.NamedValues;

/// The named values of a user, or of one of his mailboxes: they live in the catalog, each change is one
/// transaction.
///
/// A change holds the user's tree from looking at the values until its record is applied, so that two changes
/// can't meet and compaction writes no old value behind a new one.
final class LoftAttributes implements Attributes {
    private final LoftUserMail user;
    private final UserNode node;
    private final @Nullable Box box;

    /// @param box null for the values of the user himself
    LoftAttributes(LoftUserMail user, UserNode node, @Nullable Box box) {
        this.user = user;
        this.node = node;
        this.box = box;
    }

    private NamedValues now() {
        return box == null ? node.values() : box.values();
    }

    @Override
    public Optional<byte[]> get(String name) {
        return now().get(name);
    }

    @Override
    public SortedMap<String, byte[]> under(String prefix) {
        return now().under(prefix);
    }

    @Override
    public void change(Map<String, Optional<byte[]>> changes) {
        user.change(batch -> {
            if (box != null) {
                box.requireThere();
            }
            ValueChange difference = new ValueChange(false, now().different(changes));
            if (!difference.changes().isEmpty()) {
                batch.add(
                        box == null
                                ? new LogRecord.UserValues(node.name, difference)
                                : new LogRecord.BoxValues(box.id, difference));
            }
            return () -> true;
        });
    }

    @Override
    public long bytes() {
        return now().bytes();
    }
}
