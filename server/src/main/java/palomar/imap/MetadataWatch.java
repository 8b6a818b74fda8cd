package palomar.imap;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import palomar.imap.proto.MetadataWriter;
import palomar.mail.MailException;
import palomar.mail.MailboxId;
import palomar.storage.UserMail;
import palomar.storage.Watch;

/// After ENABLE METADATA: tells a session which annotations others have changed. RFC 5464 4.4.2
///
/// Knows a hash of each annotation as the client has it. The store's watchers only note which mailboxes to look
/// at; all else belongs to the thread that speaks for the session.
final class MetadataWatch implements AutoCloseable {
    private final UserMail mail;
    private final MailboxRights rights;
    private final ServerAnnotations ofServer;
    private final boolean mailboxes;
    private final Set<MailboxId> changed = ConcurrentHashMap.newKeySet();
    private final Map<MailboxId, Map<String, Long>> known = new HashMap<>();
    private final Watch tree;
    private final Watch messages;
    private final Watch shared;
    private volatile boolean treeChanged;
    private volatile @Nullable Runnable wake;
    private Map<String, Long> server;

    /// @param mailboxes false: only the server's annotations count, ENABLE METADATA-SERVER
    MetadataWatch(UserMail mail, ServerAnnotations ofServer, boolean mailboxes) {
        this.mail = mail;
        this.rights = MailboxRights.of(mail);
        this.ofServer = ofServer;
        this.mailboxes = mailboxes;
        this.tree = mail.watch(this::treeChanged);
        this.shared = ofServer.watch(this::treeChanged);
        this.messages = mail.watchMessages(mailbox -> {
            if (mailboxes && changed.add(mailbox)) {
                woken();
            }
        });
        this.server = hashes(ofServer.now());
        if (mailboxes) {
            for (UserMail.Entry entry : mail.mailboxes()) {
                known.put(entry.id(), hashes(entry));
            }
        }
    }

    private void treeChanged() {
        treeChanged = true;
        woken();
    }

    boolean mailboxes() {
        return mailboxes;
    }

    private void woken() {
        Runnable waiting = wake;
        if (waiting != null) {
            waiting.run();
        }
    }

    /// For IDLE: calls `then` when there may be something to tell, on any thread.
    Watch onChange(Runnable then) {
        wake = then;
        return () -> wake = null;
    }

    private Map<String, Long> hashes(UserMail.Entry entry) {
        try {
            return hashes(Annotations.ofMailbox(mail, entry));
        } catch (MailException gone) {
            // Deleted since it was listed.
            return Map.of();
        }
    }

    static Map<String, Long> hashes(Annotations annotations) {
        Map<String, Long> hashes = new HashMap<>();
        annotations.all().forEach((entry, value) -> hashes.put(entry, hash(value)));
        return hashes;
    }

    /// Two values that a client would take for one another are no worse than a lost line.
    private static long hash(byte[] value) {
        long hash = value.length;
        for (byte b : value) {
            hash = (hash ^ b) * 0x100000001b3L;
        }
        return hash << 8 ^ Arrays.hashCode(value);
    }

    /// The session has changed these itself: that is no news.
    void own(UserMail.Entry entry, Collection<String> entries) {
        learn(
                known.merge(entry.id(), new HashMap<>(), (had, _) -> new HashMap<>(had)),
                Annotations.ofMailbox(mail, entry),
                entries);
    }

    void ownOfServer(Collection<String> entries) {
        learn(server, ofServer.now(), entries);
    }

    static void learn(Map<String, Long> into, Annotations now, Collection<String> entries) {
        for (String entry : entries) {
            now.get(entry).ifPresentOrElse(value -> into.put(entry, hash(value)), () -> into.remove(entry));
        }
    }

    /// Tells what has changed since the last time.
    void tell(MetadataWriter out) throws IOException {
        if (treeChanged) {
            treeChanged = false;
            changed.clear();
            tellServer(out);
            tell(out, mail.mailboxes(), true);
        } else if (!changed.isEmpty()) {
            Set<MailboxId> now = new HashSet<>(changed);
            changed.removeAll(now);
            now.removeIf(id -> !mayDiffer(id));
            if (!now.isEmpty()) {
                List<UserMail.Entry> entries = mail.mailboxes().stream()
                        .filter(entry -> now.contains(entry.id()))
                        .toList();
                tell(out, entries, false);
            }
        }
    }

    /// Most changes are of messages: where there are no annotations and never were nothing has to be looked at.
    private boolean mayDiffer(MailboxId id) {
        Map<String, Long> before = known.get(id);
        if (before != null && !before.isEmpty()) {
            return true;
        }
        try {
            return !mail.attributes(id).under(Annotations.PREFIX + "/").isEmpty();
        } catch (MailException gone) {
            return false;
        }
    }

    private void tellServer(MetadataWriter out) throws IOException {
        Map<String, Long> now = hashes(ofServer.now());
        out.changed("", differences(server, now));
        server = now;
    }

    private void tell(MetadataWriter out, List<UserMail.Entry> entries, boolean all) throws IOException {
        if (!mailboxes) {
            return;
        }
        Set<MailboxId> there = new HashSet<>();
        for (UserMail.Entry entry : entries) {
            there.add(entry.id());
            if (!rights.annotates(entry)) {
                continue;
            }
            Map<String, Long> now = hashes(entry);
            Map<String, Long> before = known.put(entry.id(), now);
            out.changed(entry.name().value(), differences(before == null ? Map.of() : before, now));
        }
        if (all) {
            known.keySet().retainAll(there);
        }
    }

    static Set<String> differences(Map<String, Long> before, Map<String, Long> now) {
        Set<String> different = new TreeSet<>();
        now.forEach((entry, hash) -> {
            if (!hash.equals(before.get(entry))) {
                different.add(entry);
            }
        });
        before.keySet().stream().filter(entry -> !now.containsKey(entry)).forEach(different::add);
        return different;
    }

    @Override
    public void close() {
        tree.close();
        shared.close();
        messages.close();
    }
}
