package palomar.storage.loft.v1;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import palomar.storage.NamedValues;
import palomar.storage.QuotaUsage;

/// What one transaction adds to its users' usage, and takes from it.
///
/// Made and taken under the sequencer: what is added counts from then on, so that of transactions side by side
/// only as many get into the log as there is room for; it is given back when the transaction is refused. What is
/// taken away counts when the transaction is applied. Mailboxes and annotations are counted by the catalog itself:
/// who changes those holds the user's tree until it is applied, so what is in force is exact. Annotations of
/// messages are the exception: those that are on their way at one moment may together go beyond the limit.
final class Charges {
    static final Charges NONE = new Charges(Map.of());

    /// Bytes and messages; what moves within a user cancels out.
    private final Map<UserNode, Sum> sums;

    private static final class Sum {
        private long bytes;
        private long messages;
        private long mailboxes;
        private long annotations;
    }

    private Charges(Map<UserNode, Sum> sums) {
        this.sums = sums;
    }

    static Charges of(Batch batch, Catalog catalog) {
        Map<UserNode, Sum> sums = new LinkedHashMap<>(2);
        List<Batch.Entry> entries = batch.entries();
        for (Batch.Entry entry : entries) {
            switch (entry.record()) {
                case LogRecord.Added r -> {
                    if (r.cause() == LogRecord.Cause.NEW) {
                        add(r, sum(sums, owner(r.box(), entries, catalog)));
                    }
                }
                case LogRecord.Expunged r -> {
                    if (!r.again()) {
                        Sum sum = sum(sums, owner(r.box(), entries, catalog));
                        sum.bytes += r.change().bytes();
                        sum.messages += r.change().messages();
                        Box box = catalog.box(r.box());
                        sum.annotations -= box == null ? 0 : box.annotationBytes(r.uids());
                    }
                }
                case LogRecord.BoxState r -> {
                    if (catalog.box(r.box()) == null && !r.name().isInbox()) {
                        sum(sums, catalog.user(r.user())).mailboxes++;
                    }
                }
                case LogRecord.UserValues r -> {
                    UserNode node = catalog.user(r.user());
                    if (node != null) {
                        sum(sums, node).annotations += more(r.change(), node.values());
                    }
                }
                case LogRecord.BoxValues r -> {
                    Box box = catalog.box(r.box());
                    if (box != null) {
                        sum(sums, catalog.user(box.user)).annotations += more(r.change(), box.values());
                    }
                }
                case LogRecord.Annotated r -> {
                    if (!r.again()) {
                        sum(sums, owner(r.box(), entries, catalog)).annotations += more(r, catalog.box(r.box()));
                    }
                }
                case LogRecord.UserCreated _,
                        LogRecord.UserDeleted _,
                        LogRecord.Subscribed _,
                        LogRecord.Renamed _,
                        LogRecord.Deleted _,
                        LogRecord.RecentClaimed _,
                        LogRecord.FlagsChanged _ -> {}
            }
        }
        return sums.isEmpty() ? NONE : new Charges(sums);
    }

    /// Whose mailbox it is, be it one that this transaction makes. None: the user comes with this transaction.
    private static @Nullable UserNode owner(long id, List<Batch.Entry> entries, Catalog catalog) {
        Box box = catalog.box(id);
        if (box != null) {
            return catalog.user(box.user);
        }
        for (Batch.Entry entry : entries) {
            if (entry.record() instanceof LogRecord.BoxState state && state.box() == id) {
                return catalog.user(state.user());
            }
        }
        return null;
    }

    private static Sum sum(Map<UserNode, Sum> sums, @Nullable UserNode node) {
        return node == null ? new Sum() : sums.computeIfAbsent(node, _ -> new Sum());
    }

    private static void add(LogRecord.Added r, Sum sum) {
        long[] words = r.words();
        for (int at = 0; at < words.length; at += Row.WORDS) {
            sum.bytes += Row.size(words, at);
        }
        sum.messages += r.rows();
    }

    private static long more(ValueChange change, NamedValues before) {
        return change.applyTo(before).annotationBytes() - before.annotationBytes();
    }

    private static long more(LogRecord.Annotated r, @Nullable Box box) {
        long sum = 0;
        for (LogRecord.Annotated.Part part : r.parts()) {
            for (var uids = part.uids().iterator(); uids.hasNext(); ) {
                long uid = uids.nextLong();
                sum += more(part.change(), box == null ? NamedValues.NONE : box.annotations(uid));
            }
        }
        return sum;
    }

    /// Throws MailException OVER_QUOTA, and then takes nothing.
    void take() {
        sums.forEach((node, sum) -> node.limits()
                .requireRoom(node.usage(), new QuotaUsage(sum.bytes, sum.messages, sum.mailboxes, sum.annotations)));
        sums.forEach((node, sum) -> node.charge(Math.max(0, sum.bytes), Math.max(0, sum.messages)));
    }

    void refused() {
        sums.forEach((node, sum) -> node.charge(-Math.max(0, sum.bytes), -Math.max(0, sum.messages)));
    }

    void applied() {
        sums.forEach((node, sum) -> node.charge(Math.min(0, sum.bytes), Math.min(0, sum.messages)));
    }
}
