package palomar.pop3;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;
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
import palomar.storage.UserMail;

/// A user's INBOX as it was when he logged in, numbered from 1, and what he wants deleted of it. One thread; close
/// it.
final class Maildrop implements AutoCloseable {
    private final UserMail mail;
    private final Mailbox inbox;
    private final Pop3Settings settings;
    private final long[] uids;
    private final long[] sizes;
    private final BitSet deleted = new BitSet();
    private final BitSet read = new BitSet();

    /// Takes over the user's mail and closes it in the end.
    Maildrop(UserMail mail, Pop3Settings settings) {
        this.mail = mail;
        this.settings = settings;
        this.inbox = mail.open(mail.find(MailboxName.INBOX).orElseThrow().id());
        MailboxView view = inbox.view();
        inbox.hold(view);
        int count = 0;
        long[] foundUids = new long[view.count()];
        long[] foundSizes = new long[view.count()];
        try (MessageCursor row = inbox.cursor()) {
            for (int i = 1; i <= view.count(); i++) {
                long uid = view.uid(i);
                if (row.seek(uid) && (settings.deletes() || (row.systemFlags() & SystemFlags.DELETED) == 0)) {
                    foundUids[count] = uid;
                    foundSizes[count++] = row.size();
                }
            }
        }
        this.uids = Arrays.copyOf(foundUids, count);
        this.sizes = Arrays.copyOf(foundSizes, count);
    }

    String user() {
        return mail.user();
    }

    /// Messages, those that are deleted included.
    int size() {
        return uids.length;
    }

    /// Is there such a message, not deleted?
    boolean has(int number) {
        return number >= 1 && number <= uids.length && !deleted.get(number);
    }

    /// How many are not deleted.
    int count() {
        return uids.length - deleted.cardinality();
    }

    /// Bytes of those that are not deleted.
    long bytes() {
        long bytes = 0;
        for (int i = 1; i <= uids.length; i++) {
            bytes += deleted.get(i) ? 0 : sizes[i - 1];
        }
        return bytes;
    }

    long bytes(int number) {
        return sizes[number - 1];
    }

    String uidl(int number, MessageCursor row) {
        long uid = uids[number - 1];
        return settings.uidl().of(uid, inbox.uidValidity(), () -> {
            if (!row.seek(uid)) {
                throw new MailException(MailError.EXPUNGED, "the message is gone");
            }
            return row.guid().toString();
        });
    }

    MessageCursor cursor() {
        return inbox.cursor();
    }

    void delete(int number) {
        deleted.set(number);
    }

    void restore() {
        deleted.clear();
    }

    long uid(int number) {
        return uids[number - 1];
    }

    /// It was read to its end.
    void read(int number) {
        read.set(number);
    }

    /// Does what QUIT promises; returns how many messages are gone. Durable within
    /// a second, as all that is removed: a message may come back, and never vanish. RFC 1939 6
    int update() {
        if (!settings.keepsUnread() && !read.isEmpty()) {
            inbox.store(uids(read), FlagChange.add(Flags.of(SystemFlags.SEEN)), -1);
        }
        BitSet going = (BitSet) deleted.clone();
        if (settings.onlyRead()) {
            going.and(read);
        }
        if (going.isEmpty()) {
            return 0;
        }
        UidSet which = uids(going);
        UidSet marked = inbox.store(which, FlagChange.add(Flags.of(SystemFlags.DELETED)), -1)
                .changed();
        if (!settings.deletes()) {
            return (int) which.size();
        }
        boolean done = false;
        try {
            int gone = (int) inbox.expunge(which).uids().size();
            done = true;
            return gone;
        } finally {
            if (!done) {
                unmark(marked);
            }
        }
    }

    /// A mark that was left would have the next EXPUNGE of an IMAP client delete what the user was told is still
    /// here.
    private void unmark(UidSet marked) {
        try {
            inbox.store(marked, FlagChange.remove(Flags.of(SystemFlags.DELETED)), -1);
        } catch (MailException | UncheckedIOException _) {
            // The first failure is the one that the client and the log are told.
        }
    }

    private UidSet uids(BitSet numbers) {
        UidSet.Builder set = new UidSet.Builder();
        numbers.stream().forEach(number -> set.add(uids[number - 1]));
        return set.build();
    }

    @Override
    public void close() {
        inbox.close();
        mail.close();
    }
}
