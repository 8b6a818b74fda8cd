package palomar.delivery.sieve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;
import palomar.event.Event;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.message.edit.EditedMessage;
import palomar.outbox.Outbox;
import palomar.outbox.OutgoingMessage;
import palomar.sieve.Action;
import palomar.sieve.Envelope;
import palomar.sieve.Result;
import palomar.storage.Mailbox;
import palomar.storage.MessageCursor;
import palomar.storage.Storage;
import palomar.storage.UserMail;
import palomar.storage.memory.MemoryStorage;
import palomar.testkit.Seeds;

/// A store, an outbox and a message, to carry results out with.
final class Rig implements Outbox {
    static final String MAIL = """
            From: Ann <ann@post.example>
            To: bob@home.example
            Message-ID: <1@post.example>
            Subject: Lunch?

            Noon.
            """.replace("\n", "\r\n");

    Instant now = Instant.parse("2026-11-24T12:00:00Z");
    final Clock clock = new Clock() {
        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };
    final Storage storage = new MemoryStorage(clock, Seeds.random("rig"));
    final Map<String, String> settings = new HashMap<>();
    final List<OutgoingMessage> sent = new ArrayList<>();
    final Set<String> keys = new HashSet<>();

    @Nullable
    MailError outboxFails;

    Envelope envelope = Envelope.of("ann@post.example", "bob@home.example");
    boolean refusable;
    boolean autocreate;
    String mail = MAIL;
    Programs programs = Programs.NONE;
    Allowance allowance = Allowance.UNLIMITED;
    Attempt attempt = Attempt.ONLY;

    @Nullable
    Memory memory = Memory.NONE;

    @Override
    public Taken enqueue(OutgoingMessage message) {
        MailError fails = outboxFails;
        if (fails != null) {
            throw new MailException(fails, "as told");
        }
        if (!message.key().isEmpty() && !keys.add(message.key())) {
            return Taken.KNOWN;
        }
        sent.add(message);
        return Taken.QUEUED;
    }

    void later(Duration time) {
        now = now.plus(time);
    }

    Surroundings around() {
        return new Surroundings(
                storage::stage,
                this,
                programs,
                clock,
                ZoneOffset.UTC,
                Seeds.random("around"),
                "mail.home.example",
                "postmaster@home.example",
                allowance,
                Event.SILENT);
    }

    ByteSource content() {
        return ByteSource.of(mail.getBytes(StandardCharsets.UTF_8));
    }

    EditedMessage message() {
        try {
            return EditedMessage.of(content());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Person person(UserMail user) {
        return new Person(
                user,
                Optional.of("bob@home.example"),
                '/',
                MailboxName.INBOX,
                autocreate,
                true,
                name -> Optional.ofNullable(settings.get(name)),
                list -> Optional.empty());
    }

    Carried carry(Action... actions) throws IOException {
        Result result = new Result();
        for (Action action : actions) {
            result.add(action);
            result.cancelImplicitKeep();
        }
        return carry(result);
    }

    Carried carry(Result result) throws IOException {
        Letter letter = new Letter(content(), Optional.empty(), new byte[0], envelope, refusable, now);
        Memory remembers = memory;
        try (UserMail user = storage.open("bob");
                Execution execution = new Execution(
                        person(user),
                        letter,
                        around(),
                        remembers == null ? new StoreMemory(user.attributes(), clock, attempt.id()) : remembers,
                        attempt)) {
            return execution.carry(result, message());
        }
    }

    /// The messages of a mailbox; null when there is no such mailbox.
    @Nullable
    List<String> mailbox(String name) throws IOException {
        try (UserMail user = storage.open("bob")) {
            Optional<UserMail.Entry> entry = user.find(MailboxName.of(name));
            if (entry.isEmpty()) {
                return null;
            }
            List<String> texts = new ArrayList<>();
            try (Mailbox mailbox = user.open(entry.get().id());
                    MessageCursor cursor = mailbox.cursor()) {
                for (int seq = 1; seq <= mailbox.view().count(); seq++) {
                    cursor.seek(mailbox.view().uid(seq));
                    texts.add(text(cursor.content()));
                }
            }
            return texts;
        }
    }

    static String text(ByteSource content) throws IOException {
        return new String(content.bytes(), StandardCharsets.UTF_8);
    }
}
