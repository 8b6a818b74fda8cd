package palomar.storage.loft.v1;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import palomar.mail.Flags;
import palomar.mail.MailboxName;
import palomar.mail.SpecialUse;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.storage.FlagChange;
import palomar.storage.Mailbox;
import palomar.storage.StagedMessage;
import palomar.storage.Staging;
import palomar.storage.Storage;
import palomar.storage.UserMail;

/// A small random list of things done to one user's mail, each one transaction, that can be done to any store.
final class History {
    static final String USER = "anna";
    private static final Instant DATE = Instant.parse("2026-01-01T00:00:00Z");

    /// One thing.
    interface Step {
        void run(Storage storage) throws IOException;
    }

    /// @param lazy only written when it is acknowledged, not synced: a power cut may take it back
    record Deed(boolean lazy, String what, Step step) {}

    private final RandomGenerator random;
    private final boolean whole;
    private final List<Deed> deeds = new ArrayList<>();
    private int number;

    /// @param whole name no single UID, so that the same happens in stores whose UIDs differ
    History(RandomGenerator random, int length, boolean whole) {
        this.random = random;
        this.whole = whole;
        deeds.add(new Deed(false, "open", storage -> storage.open(USER).close()));
        deeds.add(new Deed(false, "create a", storage -> {
            try (UserMail mail = storage.open(USER)) {
                mail.create(MailboxName.of("a"), Set.of());
            }
        }));
        while (deeds.size() < length) {
            add();
        }
    }

    List<Deed> deeds() {
        return deeds;
    }

    private void add() {
        String name = random.nextBoolean() ? "INBOX" : "a";
        String other = random.nextBoolean() ? "INBOX" : "a";
        UidSet uids = whole || random.nextInt(3) == 0 ? UidSet.ALL : UidSet.ofRange(1 + random.nextInt(5), 6);
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> append(name);
            case 3 -> deliver(name, other);
            case 4 -> {
                Flags flags = Flags.of(1 << random.nextInt(5), "k" + random.nextInt(3));
                FlagChange change = new FlagChange(FlagChange.Kind.values()[random.nextInt(3)], flags);
                inside(true, "store " + uids + " " + change, name, mailbox -> mailbox.store(uids, change, -1));
            }
            case 5 ->
                inside(
                        true,
                        "mark " + uids,
                        name,
                        mailbox -> mailbox.store(uids, FlagChange.add(Flags.of(SystemFlags.DELETED)), -1));
            case 6 -> inside(true, "expunge " + uids, name, mailbox -> mailbox.expunge(uids));
            case 7 -> transfer(name, other, uids, random.nextBoolean());
            case 8 -> values(name);
            case 9 -> uses();
            case 10 -> replace(name, other);
            default -> {
                MailboxName sub = MailboxName.of("sub" + number++);
                deeds.add(new Deed(false, "subscribe", storage -> {
                    try (UserMail mail = storage.open(USER)) {
                        mail.subscribe(sub);
                    }
                }));
            }
        }
    }

    /// Named values of the user, or of a mailbox.
    private void values(String name) {
        boolean ofUser = random.nextBoolean();
        Map<String, Optional<byte[]>> changes = new TreeMap<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            byte[] value = new byte[random.nextInt(40)];
            random.nextBytes(value);
            changes.put("x/" + random.nextInt(4), random.nextInt(3) == 0 ? Optional.empty() : Optional.of(value));
        }
        deeds.add(new Deed(false, "values " + changes.keySet() + " of " + (ofUser ? USER : name), storage -> {
            try (UserMail mail = storage.open(USER)) {
                var attributes = ofUser
                        ? mail.attributes()
                        : mail.attributes(
                                mail.find(MailboxName.of(name)).orElseThrow().id());
                attributes.change(changes);
            }
        }));
    }

    private void uses() {
        Set<SpecialUse> uses = Set.of(SpecialUse.values()[random.nextInt(SpecialUse.values().length)]);
        deeds.add(new Deed(false, "uses " + uses + " of a", storage -> {
            try (UserMail mail = storage.open(USER)) {
                mail.specialUses(mail.find(MailboxName.of("a")).orElseThrow().id(), uses);
            }
        }));
    }

    /// One more message for INBOX: what must work in any store.
    static void deliverOne(Storage storage) throws IOException {
        try (Staging staging = storage.stage()) {
            staging.write("Subject: one more\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Storage.Target inbox = new Storage.Target(USER, MailboxName.INBOX, new byte[0], Flags.NONE, DATE);
            for (Storage.Delivered result : storage.deliver(staging.finish(), List.of(inbox))) {
                if (result instanceof Storage.Delivered.Failed failed) {
                    throw failed.why();
                }
            }
        }
    }

    /// Something done in one mailbox.
    private interface Inside {
        void run(Mailbox mailbox) throws IOException;
    }

    private void inside(boolean lazy, String what, String name, Inside action) {
        deeds.add(new Deed(lazy, what + " in " + name, storage -> {
            try (UserMail mail = storage.open(USER);
                    Mailbox mailbox = mail.open(
                            mail.find(MailboxName.of(name)).orElseThrow().id())) {
                action.run(mailbox);
            }
        }));
    }

    private byte[] message() {
        StringBuilder text = new StringBuilder("Subject: number " + number++ + "\r\n\r\n");
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append("line ").append(random.nextInt()).append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void append(String name) {
        List<byte[]> contents = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            contents.add(message());
        }
        deeds.add(new Deed(false, "append " + contents.size() + " to " + name, storage -> {
            List<Staging> stagings = new ArrayList<>();
            try (UserMail mail = storage.open(USER);
                    Mailbox mailbox = mail.open(
                            mail.find(MailboxName.of(name)).orElseThrow().id())) {
                List<Mailbox.NewMessage> messages = new ArrayList<>();
                for (byte[] content : contents) {
                    Staging staging = storage.stage();
                    stagings.add(staging);
                    staging.write(content);
                    messages.add(new Mailbox.NewMessage(staging.finish(), new byte[0], Flags.NONE, DATE));
                }
                mailbox.append(messages);
            } finally {
                stagings.forEach(Staging::close);
            }
        }));
    }

    private void deliver(String name, String other) {
        byte[] content = message();
        deeds.add(new Deed(false, "deliver to " + name + ", " + other, storage -> {
            try (Staging staging = storage.stage()) {
                staging.write(content);
                StagedMessage message = staging.finish();
                byte[] head = "X: y\r\n".getBytes(StandardCharsets.US_ASCII);
                List<Storage.Target> targets = List.of(
                        new Storage.Target(USER, MailboxName.of(name), head, Flags.NONE, DATE),
                        new Storage.Target(USER, MailboxName.of(other), new byte[0], Flags.of(1), DATE));
                for (Storage.Delivered result : storage.deliver(message, targets)) {
                    if (result instanceof Storage.Delivered.Failed failed) {
                        throw failed.why();
                    }
                }
            }
        }));
    }

    /// The newest message by another.
    private void replace(String name, String other) {
        byte[] content = message();
        deeds.add(new Deed(false, "replace in " + name + " by one in " + other, storage -> {
            try (UserMail mail = storage.open(USER);
                    Staging staging = storage.stage();
                    Mailbox from = mail.open(
                            mail.find(MailboxName.of(name)).orElseThrow().id());
                    Mailbox to = mail.open(
                            mail.find(MailboxName.of(other)).orElseThrow().id())) {
                staging.write(content);
                Mailbox.NewMessage message =
                        new Mailbox.NewMessage(staging.finish(), new byte[0], Flags.of(1, "k1"), DATE);
                int count = from.view().count();
                if (count > 0) {
                    from.replace(from.view().uid(count), message, to);
                }
            }
        }));
    }

    private void transfer(String name, String other, UidSet uids, boolean move) {
        deeds.add(new Deed(false, (move ? "move " : "copy ") + uids + " from " + name + " to " + other, storage -> {
            try (UserMail mail = storage.open(USER);
                    Mailbox from = mail.open(
                            mail.find(MailboxName.of(name)).orElseThrow().id());
                    Mailbox to = mail.open(
                            mail.find(MailboxName.of(other)).orElseThrow().id())) {
                if (move) {
                    from.move(uids, to);
                } else {
                    from.copy(uids, to);
                }
            }
        }));
    }
}
