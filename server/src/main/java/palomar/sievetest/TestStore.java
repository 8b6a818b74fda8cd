package palomar.sievetest;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import palomar.bytes.ByteSource;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.mail.SystemFlags;
import palomar.storage.Attributes;
import palomar.storage.Mailbox;
import palomar.storage.MailboxView;
import palomar.storage.MessageCursor;
import palomar.storage.Storage;
import palomar.storage.UserMail;
import palomar.storage.memory.MemoryStorage;

/// The mail store of one file: one user, INBOX, in memory. Names of mailboxes have dots between their levels. One
/// thread.
final class TestStore implements AutoCloseable {
    static final String USER = "testsuite-mail-user@example.org";
    static final char SEPARATOR = '.';

    private final Storage storage;
    private final UserMail mail;

    TestStore(InstantSource clock, RandomGenerator random) {
        this.storage = new MemoryStorage(clock, random);
        this.mail = storage.open(USER);
    }

    Storage storage() {
        return storage;
    }

    UserMail mail() {
        return mail;
    }

    /// Throws MailException CANNOT when no mailbox can have that name.
    static MailboxName name(String written) {
        return MailboxName.of(written.replace(SEPARATOR, MailboxName.SEPARATOR));
    }

    Optional<UserMail.Entry> find(String written) {
        try {
            return mail.find(name(written));
        } catch (MailException none) {
            return Optional.empty();
        }
    }

    /// Throws MailException CANNOT; one that is there stays as it is.
    void create(String written) {
        try {
            mail.create(name(written), Set.of());
        } catch (MailException refused) {
            if (refused.kind() != MailError.ALREADY_EXISTS) {
                throw refused;
            }
        }
    }

    /// A message of a mailbox.
    record Stored(ByteSource content, List<String> flags) {}

    /// In order of arrival, from 0; empty: there are not so many.
    Optional<Stored> message(UserMail.Entry entry, long index) {
        try (Mailbox mailbox = mail.open(entry.id());
                MessageCursor cursor = mailbox.cursor()) {
            MailboxView view = mailbox.view();
            if (index >= view.count() || !cursor.seek(view.uid((int) index + 1))) {
                return Optional.empty();
            }
            return Optional.of(new Stored(cursor.content(), flags(mailbox, cursor)));
        }
    }

    private static List<String> flags(Mailbox mailbox, MessageCursor cursor) {
        List<String> flags = new ArrayList<>();
        for (int bit = 1; bit <= SystemFlags.ALL; bit <<= 1) {
            String name = SystemFlags.name(bit);
            if (name != null && (cursor.systemFlags() & bit) != 0) {
                flags.add(name);
            }
        }
        List<String> keywords = mailbox.keywords();
        for (int i = 0; i < keywords.size(); i++) {
            if ((cursor.keywordBits() & 1L << i) != 0) {
                flags.add(keywords.get(i));
            }
        }
        return flags;
    }

    /// Empty: there is no such mailbox.
    ///
    /// @param mailbox empty: of the server
    Optional<Attributes> attributes(Optional<String> mailbox) {
        if (mailbox.isEmpty()) {
            return Optional.of(mail.attributes());
        }
        return find(mailbox.get()).map(entry -> mail.attributes(entry.id()));
    }

    Optional<String> annotation(Optional<String> mailbox, String entry) {
        return attributes(mailbox)
                .flatMap(attributes -> attributes.get(key(entry)))
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    void annotate(Attributes attributes, String entry, String value) {
        attributes.change(Map.of(key(entry), Optional.of(value.getBytes(StandardCharsets.UTF_8))));
    }

    private static String key(String entry) {
        return "metadata" + entry.toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        mail.close();
        storage.close();
    }
}
