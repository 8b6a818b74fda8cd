package palomar.storage.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxId;
import palomar.mail.SpecialUse;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.storage.FlagChange;
import palomar.storage.Kept;
import palomar.storage.Mailbox;
import palomar.storage.MailboxStatus;
import palomar.storage.MailboxView;
import palomar.storage.MessageCursor;
import palomar.storage.NamedValues;
import palomar.storage.QuotaUsage;
import palomar.storage.Watch;

/// One mailbox: rows by UID, expunged ones kept for those who still look at them.
final class MemoryMailbox implements Mailbox {
    private final MemoryStorage storage;
    private final MailboxId id;
    private final long uidValidity;
    private Set<SpecialUse> uses = Set.of();
    private final NavigableMap<Long, MemoryMessage> rows = new TreeMap<>();
    private final List<String> keywords = new ArrayList<>();
    private final Watchers watchers = new Watchers();
    private final MemoryQuota quota;
    private final MessageWatchers messageWatchers;
    private final MemoryAttributes attributes;
    private long uidNext = 1;
    private long highestModSeq = 1;
    private long recentFrom = 1;
    private boolean deleted;
    private @Nullable MailboxView view;

    MemoryMailbox(
            MemoryStorage storage, MailboxId id, long uidValidity, MemoryQuota quota, MessageWatchers messageWatchers) {
        this.storage = storage;
        this.id = id;
        this.uidValidity = uidValidity;
        this.quota = quota;
        this.messageWatchers = messageWatchers;
        this.attributes = new MemoryAttributes(storage, quota, this::wakeAll);
    }

    @Override
    public MailboxId id() {
        return id;
    }

    Set<SpecialUse> uses() {
        return storage.locked(() -> uses);
    }

    void uses(Set<SpecialUse> now) {
        storage.locked(() -> uses = Set.copyOf(now));
    }

    MemoryAttributes attributes() {
        return attributes;
    }

    @Override
    public long uidValidity() {
        return uidValidity;
    }

    @Override
    public boolean deleted() {
        return storage.locked(() -> deleted);
    }

    void markDeleted() {
        storage.locked(() -> {
            if (!deleted) {
                List<MemoryMessage> live = live(message -> true);
                quota.add(-bytes(live), -live.size());
                quota.addAnnotations(-annotationBytes(live));
            }
            deleted = true;
            return deleted;
        });
        attributes.end();
        watchers.wakeAll();
    }

    void wakeAll() {
        watchers.wakeAll();
        messageWatchers.wakeAll(id);
    }

    @Override
    public MailboxStatus status() {
        return storage.locked(() -> {
            List<MemoryMessage> live = live(message -> true);
            List<MemoryMessage> marked = live(message -> message.has(SystemFlags.DELETED));
            return new MailboxStatus(
                    live.size(),
                    live(message -> message.uid >= recentFrom).size(),
                    live(message -> !message.has(SystemFlags.SEEN)).size(),
                    marked.size(),
                    bytes(marked),
                    bytes(live),
                    uidNext,
                    uidValidity,
                    highestModSeq);
        });
    }

    private List<MemoryMessage> live(Predicate<MemoryMessage> wanted) {
        return rows.values().stream()
                .filter(message -> !message.expunged && wanted.test(message))
                .toList();
    }

    private static long bytes(List<MemoryMessage> messages) {
        return messages.stream().mapToLong(message -> message.content.size()).sum();
    }

    private static long annotationBytes(List<MemoryMessage> messages) {
        return messages.stream()
                .mapToLong(message -> message.annotations.annotationBytes())
                .sum();
    }

    @Override
    public MailboxView view() {
        return storage.locked(() -> {
            MailboxView current = view;
            if (current == null) {
                current = new MemoryView(
                        live(message -> true).stream()
                                .mapToLong(message -> message.uid)
                                .toArray(),
                        highestModSeq,
                        uidNext);
                view = current;
            }
            return current;
        });
    }

    /// Rows are never dropped here.
    @Override
    public void hold(MailboxView held) {}

    @Override
    public MessageCursor cursor() {
        return new MemoryCursor(this);
    }

    @Nullable
    MemoryMessage row(long uid) {
        return storage.locked(() -> rows.get(uid));
    }

    <T> T locked(Supplier<T> action) {
        return storage.locked(action);
    }

    @Override
    public List<String> keywords() {
        return storage.locked(() -> List.copyOf(keywords));
    }

    /// Bits for the keywords; makes those that are new.
    private long keywordBits(List<String> named, boolean make) {
        long bits = 0;
        for (String keyword : named) {
            int at = indexOf(keyword);
            if (at < 0 && make) {
                if (keywords.size() == MAX_KEYWORDS) {
                    throw new MailException(
                            MailError.LIMIT, "a mailbox can't have more than " + MAX_KEYWORDS + " keywords");
                }
                at = keywords.size();
                keywords.add(keyword);
            }
            if (at >= 0) {
                bits |= 1L << at;
            }
        }
        return bits;
    }

    private int indexOf(String keyword) {
        for (int i = 0; i < keywords.size(); i++) {
            if (keywords.get(i).equalsIgnoreCase(keyword)) {
                return i;
            }
        }
        return -1;
    }

    private List<String> keywordNames(long bits) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < keywords.size(); i++) {
            if ((bits >>> i & 1) != 0) {
                names.add(keywords.get(i));
            }
        }
        return names;
    }

    private void requireExisting() {
        if (deleted) {
            throw new MailException(MailError.NOT_FOUND, "the mailbox was deleted");
        }
    }

    private long changed() {
        view = null;
        return ++highestModSeq;
    }

    private void requireUids(int wanted) {
        if (uidNext + wanted - 1 > UidSet.MAX_UID) {
            throw new MailException(MailError.LIMIT, "the mailbox has no UIDs left");
        }
    }

    @Override
    public Appended append(List<NewMessage> messages) {
        List<ByteSource> contents = messages.stream().map(MemoryMailbox::whole).toList();
        Appended appended = storage.locked(() -> add(messages, contents, List.of()));
        wakeAll();
        return appended;
    }

    /// Throws what would keep these from being added, but for the user's quota. Under the lock.
    void requireRoomFor(List<NewMessage> messages) {
        requireExisting();
        requireUids(messages.size());
        Set<String> more = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        messages.forEach(message -> more.addAll(message.flags().keywords()));
        more.removeIf(keyword -> indexOf(keyword) >= 0);
        if (keywords.size() + more.size() > MAX_KEYWORDS) {
            throw new MailException(MailError.LIMIT, "a mailbox can't have more than " + MAX_KEYWORDS + " keywords");
        }
    }

    /// Under the lock; wakes nobody.
    long add(NewMessage message) {
        return add(List.of(message), List.of(whole(message)), List.of()).uids().first(0);
    }

    /// @param replaced messages of the same user that go in the same transaction and make room
    private Appended add(List<NewMessage> messages, List<ByteSource> contents, List<MemoryMessage> replaced) {
        requireExisting();
        requireUids(messages.size());
        long bytes = contents.stream().mapToLong(ByteSource::size).sum();
        long annotations = messages.stream()
                .mapToLong(message -> message.annotations().annotationBytes())
                .sum();
        requireRoom(messages.stream().map(NewMessage::annotations).toList());
        quota.require(new QuotaUsage(
                bytes - bytes(replaced),
                messages.size() - replaced.size(),
                0,
                annotations - annotationBytes(replaced)));
        long[] bits = messages.stream()
                .mapToLong(message -> keywordBits(message.flags().keywords(), true))
                .toArray();
        quota.add(bytes, messages.size());
        quota.addAnnotations(annotations);
        long modSeq = changed();
        UidSet.Builder uids = new UidSet.Builder();
        Instant now = storage.now();
        for (int i = 0; i < messages.size(); i++) {
            NewMessage given = messages.get(i);
            MemoryMessage row = new MemoryMessage(
                    uidNext++,
                    contents.get(i),
                    given.message().digest(),
                    given.head().length,
                    given.message().guid().behind(given.head()),
                    given.internalDate(),
                    now);
            row.systemFlags = given.flags().system();
            row.keywordBits = bits[i];
            row.modSeq = modSeq;
            row.annotations = given.annotations();
            rows.put(row.uid, row);
            uids.add(row.uid);
        }
        return new Appended(uidValidity, uids.build(), modSeq);
    }

    @Override
    public Appended replace(long uid, NewMessage message, Mailbox target) {
        MemoryMailbox other = (MemoryMailbox) target;
        List<ByteSource> content = List.of(whole(message));
        Appended appended = storage.locked(() -> {
            requireExisting();
            List<MemoryMessage> old = live(row -> row.uid == uid);
            if (old.isEmpty()) {
                throw new MailException(MailError.EXPUNGED, "the message to be replaced is gone");
            }
            Appended made = other.add(List.of(message), content, other.quota == quota ? old : List.of());
            markExpunged(old);
            return made;
        });
        wakeAll();
        if (other != this) {
            other.wakeAll();
        }
        return appended;
    }

    private static ByteSource whole(NewMessage message) {
        if (message.head().length == 0) {
            return message.message().content();
        }
        try {
            byte[] body = message.message().content().bytes();
            byte[] whole = Arrays.copyOf(message.head(), message.head().length + body.length);
            System.arraycopy(body, 0, whole, message.head().length, body.length);
            return ByteSource.of(whole);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public Changed store(UidSet uids, FlagChange change, long unchangedSince) {
        Changed result = storage.locked(() -> {
            requireExisting();
            int known = keywords.size();
            long named = keywordBits(change.flags().keywords(), change.kind() != FlagChange.Kind.REMOVE);
            UidSet.Builder changed = new UidSet.Builder();
            UidSet.Builder refused = new UidSet.Builder();
            List<MemoryMessage> different = new ArrayList<>();
            for (MemoryMessage row : live(message -> uids.contains(message.uid))) {
                if (unchangedSince >= 0 && row.modSeq > unchangedSince) {
                    refused.add(row.uid);
                } else if (change.applySystem(row.systemFlags) != row.systemFlags
                        || change.applyKeywords(row.keywordBits, named) != row.keywordBits) {
                    changed.add(row.uid);
                    different.add(row);
                }
            }
            if (different.isEmpty()) {
                // A keyword that no message gets is none.
                keywords.subList(known, keywords.size()).clear();
            }
            long modSeq = different.isEmpty() ? highestModSeq : changed();
            for (MemoryMessage row : different) {
                row.systemFlags = change.applySystem(row.systemFlags);
                row.keywordBits = change.applyKeywords(row.keywordBits, named);
                row.modSeq = modSeq;
            }
            return new Changed(changed.build(), refused.build(), modSeq);
        });
        if (!result.changed().isEmpty()) {
            wakeAll();
        }
        return result;
    }

    @Override
    public NamedValues annotations(long uid) {
        return storage.locked(() -> {
            MemoryMessage row = rows.get(uid);
            return row == null || row.expunged ? NamedValues.NONE : row.annotations;
        });
    }

    @Override
    public UidSet annotated() {
        return select(row -> !row.expunged && !row.annotations.isEmpty());
    }

    @Override
    public Changed annotate(UidSet uids, Map<String, Optional<byte[]>> changes, long unchangedSince) {
        Changed result = storage.locked(() -> {
            requireExisting();
            UidSet.Builder refused = new UidSet.Builder();
            Map<MemoryMessage, NamedValues> after = new LinkedHashMap<>();
            long more = 0;
            long size = annotationSize();
            for (MemoryMessage row : live(message -> uids.contains(message.uid))) {
                if (unchangedSince >= 0 && row.modSeq > unchangedSince) {
                    refused.add(row.uid);
                    continue;
                }
                Map<String, Optional<byte[]>> difference = row.annotations.different(changes);
                if (!difference.isEmpty()) {
                    NamedValues values = row.annotations.with(difference);
                    more += values.annotationBytes() - row.annotations.annotationBytes();
                    size += values.bytes() - row.annotations.bytes();
                    after.put(row, values);
                }
            }
            requireFits(size, annotationSize());
            quota.require(new QuotaUsage(0, 0, 0, more));
            quota.addAnnotations(more);
            long modSeq = after.isEmpty() ? highestModSeq : changed();
            UidSet.Builder changed = new UidSet.Builder();
            after.forEach((row, values) -> {
                row.annotations = values;
                row.modSeq = modSeq;
                changed.add(row.uid);
            });
            return new Changed(changed.build(), refused.build(), modSeq);
        });
        if (!result.changed().isEmpty()) {
            wakeAll();
        }
        return result;
    }

    private long annotationSize() {
        return live(message -> true).stream()
                .mapToLong(message -> message.annotations.bytes())
                .sum();
    }

    private void requireRoom(List<NamedValues> more) {
        long before = annotationSize();
        requireFits(before + more.stream().mapToLong(NamedValues::bytes).sum(), before);
    }

    private static void requireFits(long after, long before) {
        if (after > MAX_ANNOTATIONS && after > before) {
            throw new MailException(MailError.LIMIT, "the mailbox has too many annotations already");
        }
    }

    @Override
    public Copied copy(UidSet uids, Mailbox target, Kept kept) {
        return copy(uids, (MemoryMailbox) target, kept, false);
    }

    @Override
    public Copied move(UidSet uids, Mailbox target, Kept kept) {
        return copy(uids, (MemoryMailbox) target, kept, true);
    }

    private Copied copy(UidSet uids, MemoryMailbox target, Kept kept, boolean move) {
        Copied copied = storage.locked(() -> {
            requireExisting();
            target.requireExisting();
            List<MemoryMessage> originals = live(message -> uids.contains(message.uid));
            if (originals.isEmpty()) {
                return new Copied(target.uidValidity, UidSet.EMPTY, UidSet.EMPTY, target.highestModSeq);
            }
            target.requireUids(originals.size());
            boolean sameUser = target.quota == quota;
            Kept notes = sameUser ? kept : kept.forAnother();
            List<NamedValues> annotations =
                    originals.stream().map(row -> notes.of(row.annotations)).toList();
            long annotated =
                    annotations.stream().mapToLong(NamedValues::annotationBytes).sum();
            target.requireRoom(annotations);
            if (!move || !sameUser) {
                target.quota.require(new QuotaUsage(bytes(originals), originals.size(), 0, annotated));
            }
            UidSet.Builder source = new UidSet.Builder();
            UidSet.Builder made = new UidSet.Builder();
            long[] bits = originals.stream()
                    .mapToLong(row ->
                            kept.flags().keywords() ? target.keywordBits(keywordNames(row.keywordBits), true) : 0)
                    .toArray();
            target.quota.add(bytes(originals), originals.size());
            target.quota.addAnnotations(annotated);
            long modSeq = target.changed();
            for (int i = 0; i < bits.length; i++) {
                MemoryMessage copy = originals.get(i).copy(target.uidNext++, storage.now());
                copy.systemFlags &= kept.flags().system();
                copy.keywordBits = bits[i];
                copy.annotations = annotations.get(i);
                copy.modSeq = modSeq;
                target.rows.put(copy.uid, copy);
                source.add(originals.get(i).uid);
                made.add(copy.uid);
            }
            if (move) {
                markExpunged(originals);
            }
            return new Copied(target.uidValidity, source.build(), made.build(), modSeq);
        });
        if (!copied.source().isEmpty()) {
            target.wakeAll();
            if (move && target != this) {
                wakeAll();
            }
        }
        return copied;
    }

    private long markExpunged(List<MemoryMessage> gone) {
        quota.add(-bytes(gone), -gone.size());
        quota.addAnnotations(-annotationBytes(gone));
        long modSeq = changed();
        for (MemoryMessage row : gone) {
            row.expunged = true;
            row.modSeq = modSeq;
        }
        return modSeq;
    }

    @Override
    public Expunged expunge(UidSet uids) {
        Expunged expunged = storage.locked(() -> {
            requireExisting();
            List<MemoryMessage> gone = live(message -> message.has(SystemFlags.DELETED) && uids.contains(message.uid));
            long modSeq = gone.isEmpty() ? highestModSeq : markExpunged(gone);
            UidSet.Builder set = new UidSet.Builder();
            gone.forEach(row -> set.add(row.uid));
            return new Expunged(set.build(), modSeq);
        });
        if (!expunged.uids().isEmpty()) {
            wakeAll();
        }
        return expunged;
    }

    @Override
    public UidSet vanishedSince(long modSeq, UidSet among) {
        return select(row -> row.expunged && row.modSeq > modSeq && among.contains(row.uid));
    }

    @Override
    public UidSet changedSince(long modSeq) {
        return select(row -> !row.expunged && row.modSeq > modSeq);
    }

    private UidSet select(Predicate<MemoryMessage> wanted) {
        return storage.locked(() -> {
            UidSet.Builder set = new UidSet.Builder();
            rows.values().stream().filter(wanted).forEach(row -> set.add(row.uid));
            return set.build();
        });
    }

    @Override
    public long recentFrom(boolean claim) {
        return storage.locked(() -> {
            long from = recentFrom;
            if (claim) {
                recentFrom = uidNext;
            }
            return from;
        });
    }

    @Override
    public Watch watch(Runnable wake) {
        return watchers.add(wake);
    }

    @Override
    public void close() {}
}
