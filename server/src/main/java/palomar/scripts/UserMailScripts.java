package palomar.scripts;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import palomar.mail.Flags;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.storage.FlagChange;
import palomar.storage.Mailbox;
import palomar.storage.MailboxView;
import palomar.storage.MessageCursor;
import palomar.storage.Staging;
import palomar.storage.UserMail;

/// One user's scripts in the mail store.
///
/// A script is put in three steps, each durable: its bytes become a message of the companion, the list is changed
/// to name it, and messages that the list does not name go. A kill before the second leaves a message that the
/// next change takes away; before it the old script is in force, after it the new one.
final class UserMailScripts implements UserScripts {
    private static final byte[] NO_HEAD = {};

    private final MailScripts store;
    private final UserMail mail;
    private final ReentrantLock lock;

    UserMailScripts(MailScripts store, UserMail mail) {
        this.store = store;
        this.mail = mail;
        this.lock = store.lock(mail.user());
    }

    private ScriptIndex index() {
        return ScriptIndex.parse(mail.attributes().get(MailScripts.ATTRIBUTE));
    }

    private void change(ScriptIndex after) {
        mail.attributes().change(Map.of(MailScripts.ATTRIBUTE, Optional.of(after.bytes())));
    }

    @Override
    public List<ScriptEntry> list() {
        return index().entries();
    }

    @Override
    public Optional<Script> get(ScriptName name) {
        return Optional.ofNullable(index().lines().get(name)).map(line -> new Kept(name, line));
    }

    @Override
    public Optional<Script> active() {
        return Optional.ofNullable(index().active()).flatMap(this::get);
    }

    @Override
    public Optional<ScriptLimits.Excess> excess(ScriptName name, long size) {
        return index().excess(store.limits(), name, size);
    }

    @Override
    public Optional<ScriptLimits.Excess> put(ScriptName name, byte[] content) {
        lock.lock();
        try {
            ScriptIndex before = index();
            Optional<ScriptLimits.Excess> excess = before.excess(store.limits(), name, content.length);
            if (excess.isEmpty()) {
                Instant now = store.clock().instant().truncatedTo(ChronoUnit.MILLIS);
                try (UserMail companion = store.storage().open(MailScripts.companion(mail.user()));
                        Mailbox inbox = inbox(companion)) {
                    long uid = append(inbox, content, now);
                    ScriptIndex after =
                            before.with(name, new ScriptIndex.Line(uid, content.length, now, Hashes.sha256(content)));
                    change(after);
                    tidy(inbox, after);
                }
            }
            return excess;
        } finally {
            lock.unlock();
        }
    }

    private static Mailbox inbox(UserMail companion) {
        UserMail.Entry entry = companion
                .find(MailboxName.INBOX)
                .orElseThrow(() -> new MailException(MailError.UNAVAILABLE, "the place for scripts is gone"));
        return companion.open(entry.id());
    }

    private long append(Mailbox inbox, byte[] content, Instant now) {
        try (Staging staging = store.storage().stage()) {
            staging.write(content);
            Mailbox.NewMessage message = new Mailbox.NewMessage(staging.finish(), NO_HEAD, Flags.NONE, now);
            return inbox.append(List.of(message)).uids().first(0);
        } catch (IOException e) {
            throw new MailException(MailError.UNAVAILABLE, "the script can't be stored now", e);
        }
    }

    /// Takes away what the list does not name. Nothing hangs on it: what stays goes another time.
    private void tidy(Mailbox inbox, ScriptIndex index) {
        Set<Long> named = new HashSet<>();
        index.lines().values().forEach(line -> named.add(line.uid()));
        MailboxView view = inbox.view();
        UidSet.Builder builder = new UidSet.Builder();
        for (int seq = 1; seq <= view.count(); seq++) {
            if (!named.contains(view.uid(seq))) {
                builder.add(view.uid(seq));
            }
        }
        UidSet stray = builder.build();
        if (stray.isEmpty()) {
            return;
        }
        try {
            inbox.store(stray, FlagChange.add(Flags.of(SystemFlags.DELETED)), -1);
            inbox.expunge(stray);
        } catch (MailException e) {
            store.event().warn("scripts.tidy", "old scripts stay until the next change", "user", mail.user(), "why", e);
        }
    }

    @Override
    public Deletion delete(ScriptName name) {
        lock.lock();
        try {
            ScriptIndex before = index();
            if (!before.lines().containsKey(name)) {
                return Deletion.NOT_THERE;
            }
            if (name.equals(before.active())) {
                return Deletion.ACTIVE;
            }
            ScriptIndex after = before.without(name);
            change(after);
            try (UserMail companion = store.storage().open(MailScripts.companion(mail.user()));
                    Mailbox inbox = inbox(companion)) {
                tidy(inbox, after);
            }
            return Deletion.DONE;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Renaming rename(ScriptName from, ScriptName to) {
        lock.lock();
        try {
            ScriptIndex before = index();
            ScriptIndex.Line line = before.lines().get(from);
            if (line == null) {
                return Renaming.NOT_THERE;
            }
            if (before.lines().containsKey(to)) {
                return Renaming.TAKEN;
            }
            ScriptIndex after = before.without(from).with(to, line);
            change(from.equals(before.active()) ? after.active(to) : after);
            return Renaming.DONE;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean activate(ScriptName name) {
        return change(before -> before.lines().containsKey(name)
                ? Optional.of(name.equals(before.active()) ? before : before.active(name))
                : Optional.empty());
    }

    @Override
    public void deactivate() {
        change(before -> Optional.of(before.active() == null ? before : before.active(null)));
    }

    /// What becomes of a list.
    private interface Change {
        Optional<ScriptIndex> of(ScriptIndex before);
    }

    private boolean change(Change change) {
        lock.lock();
        try {
            ScriptIndex before = index();
            Optional<ScriptIndex> after = change.of(before);
            after.filter(changed -> changed != before).ifPresent(this::change);
            return after.isPresent();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long stamp() {
        return index().changes();
    }

    @Override
    public void close() {
        mail.close();
    }

    /// Reads its bytes when they are asked for.
    private final class Kept implements Script {
        private final ScriptName name;
        private final ScriptIndex.Line line;

        Kept(ScriptName name, ScriptIndex.Line line) {
            this.name = name;
            this.line = line;
        }

        @Override
        public String name() {
            return name.value();
        }

        @Override
        public String hash() {
            return line.hash();
        }

        @Override
        public byte[] content() {
            return read(line).orElseThrow(() -> new MailException(MailError.NOT_FOUND, "the script was replaced"));
        }
    }

    private Optional<byte[]> read(ScriptIndex.Line line) {
        try (UserMail companion = store.storage().open(MailScripts.companion(mail.user()));
                Mailbox inbox = inbox(companion);
                MessageCursor cursor = inbox.cursor()) {
            if (!cursor.seek(line.uid())) {
                return Optional.empty();
            }
            byte[] bytes = cursor.content().bytes();
            if (!Hashes.sha256(bytes).equals(line.hash())) {
                throw new MailException(MailError.CORRUPTION, "the script is damaged");
            }
            return Optional.of(bytes);
        } catch (IOException e) {
            throw new MailException(MailError.CORRUPTION, "the script can't be read", e);
        }
    }
}
