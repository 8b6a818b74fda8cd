package palomar.storage.loft.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import palomar.mail.Flags;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.mail.SpecialUse;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.storage.Attributes;
import palomar.storage.FlagChange;
import palomar.storage.Mailbox;
import palomar.storage.MailboxStatus;
import palomar.storage.MailboxView;
import palomar.storage.MessageCursor;
import palomar.storage.NamedValues;
import palomar.storage.Staging;
import palomar.storage.Storage;
import palomar.storage.UserMail;

/// Does the same random things to two stores and compares all that can be seen of them.
final class Twins {
    private static final List<String> USERS = List.of("anna", "bob");
    private static final List<String> NAMES = List.of("INBOX", "a", "a/b", "trash", "x/y/z");
    private static final List<String> KEYWORDS = List.of("$Junk", "work", "later");
    private static final Instant DATE = Instant.parse("2026-05-06T07:08:09Z");

    private final Storage model;
    private final RandomGenerator random;
    private Storage loft;
    private int number;
    private boolean historyMayBeShort;

    /// Moments of which both stores are asked what vanished and changed since: mailbox, model's and loft's
    /// mod-sequence.
    private final List<Moment> moments = new ArrayList<>();

    private record Moment(String user, MailboxName mailbox, long uidValidity, long model, long loft) {}

    Twins(Storage model, Storage loft, RandomGenerator random) {
        this.model = model;
        this.loft = loft;
        this.random = random;
    }

    void replace(Storage reopened) {
        loft = reopened;
    }

    /// From now on loft may name too many vanished UIDs, never too few.
    void historyMayBeShort() {
        historyMayBeShort = true;
    }

    void step() throws IOException {
        String user = USERS.get(random.nextInt(USERS.size()));
        MailboxName name = MailboxName.of(NAMES.get(random.nextInt(NAMES.size())));
        switch (random.nextInt(28)) {
            case 0 -> tree(user, mail -> mail.create(name, Set.of()));
            case 1 -> tree(user, mail -> mail.delete(name));
            case 2 -> {
                MailboxName to = MailboxName.of(NAMES.get(random.nextInt(NAMES.size())));
                tree(user, mail -> mail.rename(name, to));
            }
            case 3 -> tree(user, mail -> mail.subscribe(name));
            case 4, 5, 6 -> deliver();
            case 7, 8, 9 -> append(user, name);
            case 10, 11, 12, 13 -> store(user, name);
            case 14, 15 -> expunge(user, name);
            case 16 -> transfer(user, name, false);
            case 17 -> transfer(user, name, true);
            case 18 -> remember(user, name);
            case 19 -> claim(user, name);
            case 20 -> values(user, name);
            case 22, 23 -> replace(user, name);
            case 24, 25, 26 -> annotate(user, name);
            case 21 -> {
                var changes = changes();
                tree(user, mail -> mail.attributes().change(changes));
            }
            default -> {
                Set<SpecialUse> uses = Set.of(SpecialUse.values()[random.nextInt(SpecialUse.values().length)]);
                inside(user, name, (_, mail, mailbox) -> {
                    mail.specialUses(mailbox.id(), uses);
                    return "done";
                });
            }
        }
    }

    private Map<String, Optional<byte[]>> changes() {
        Map<String, Optional<byte[]>> changes = new TreeMap<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            byte[] value = new byte[random.nextInt(random.nextInt(20) == 0 ? 60_000 : 100)];
            random.nextBytes(value);
            changes.put(
                    "metadata/" + random.nextInt(6), random.nextInt(3) == 0 ? Optional.empty() : Optional.of(value));
        }
        return changes;
    }

    private void values(String user, MailboxName name) {
        var changes = changes();
        inside(user, name, (_, mail, mailbox) -> {
            mail.attributes(mailbox.id()).change(changes);
            return mail.attributes(mailbox.id()).bytes();
        });
    }

    private static Map<String, String> text(Attributes attributes) {
        Map<String, String> text = new TreeMap<>();
        attributes
                .under("")
                .forEach((name, value) -> text.put(name, HexFormat.of().formatHex(value)));
        return text;
    }

    /// Something done to one user's tree.
    private interface Tree {
        void change(UserMail mail);
    }

    private void tree(String user, Tree change) {
        both(storage -> {
            try (UserMail mail = storage.open(user)) {
                change.change(mail);
                return "done";
            }
        });
    }

    /// Something done to one store; its answer must be the same for both.
    private interface Action {
        Object run(Storage storage) throws IOException;
    }

    private void both(Action action) {
        Object expected = outcome(model, action);
        Object found = outcome(loft, action);
        assertThat(found).as("outcome in loft").isEqualTo(expected);
    }

    private static Object outcome(Storage storage, Action action) {
        try {
            return action.run(storage);
        } catch (MailException refused) {
            return refused.kind();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Something done to one mailbox, when it is there.
    private interface Inside {
        Object run(Storage storage, UserMail mail, Mailbox mailbox) throws IOException;
    }

    private void inside(String user, MailboxName name, Inside action) {
        both(storage -> {
            try (UserMail mail = storage.open(user)) {
                var entry = mail.find(name);
                if (entry.isEmpty()) {
                    return "none";
                }
                try (Mailbox mailbox = mail.open(entry.get().id())) {
                    return action.run(storage, mail, mailbox);
                }
            }
        });
    }

    private byte[] message() {
        int length = random.nextInt(10) == 0 ? random.nextInt(200_000) : random.nextInt(3_000);
        StringBuilder text =
                new StringBuilder("Subject: message ").append(number++).append("\r\n\r\n");
        while (text.length() < length) {
            text.append("line ").append(random.nextInt(1_000_000)).append("\r\n");
        }
        return text.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    private void deliver() {
        byte[] content = message();
        List<Storage.Target> targets = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String user = USERS.get(random.nextInt(USERS.size()));
            byte[] head = random.nextBoolean()
                    ? new byte[0]
                    : ("X-For: " + user + "\r\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            MailboxName name = MailboxName.of(NAMES.get(random.nextInt(NAMES.size())));
            targets.add(new Storage.Target(user, name, head, flags(), DATE.plusSeconds(number)));
        }
        both(storage -> {
            try (Staging staging = storage.stage()) {
                staging.write(content);
                return storage.deliver(staging.finish(), targets).stream()
                        .map(result -> switch (result) {
                            case Storage.Delivered.Stored stored -> "UID " + stored.uid();
                            case Storage.Delivered.Failed failed ->
                                failed.why().kind().name();
                        })
                        .toList();
            }
        });
    }

    private Flags flags() {
        int system = random.nextInt(SystemFlags.ALL + 1);
        return random.nextBoolean()
                ? Flags.of(system)
                : Flags.of(system, KEYWORDS.get(random.nextInt(KEYWORDS.size())));
    }

    private void append(String user, MailboxName name) {
        List<byte[]> contents = new ArrayList<>();
        List<Flags> flags = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            contents.add(message());
            flags.add(flags());
        }
        inside(user, name, (storage, _, mailbox) -> {
            List<Staging> stagings = new ArrayList<>();
            List<Mailbox.NewMessage> messages = new ArrayList<>();
            for (int i = 0; i < contents.size(); i++) {
                Staging staging = storage.stage();
                staging.write(contents.get(i));
                stagings.add(staging);
                messages.add(new Mailbox.NewMessage(staging.finish(), new byte[0], flags.get(i), DATE.minusSeconds(i)));
            }
            UidSet uids = mailbox.append(messages).uids();
            stagings.forEach(Staging::close);
            return uids;
        });
    }

    private void replace(String user, MailboxName name) {
        byte[] content = message();
        Flags flags = flags();
        NamedValues annotations = NamedValues.NONE.with(NamedValues.NONE.different(annotations()));
        long uid = 1 + random.nextInt(60);
        MailboxName target = MailboxName.of(NAMES.get(random.nextInt(NAMES.size())));
        inside(user, name, (storage, mail, mailbox) -> {
            var entry = mail.find(target);
            if (entry.isEmpty()) {
                return "none";
            }
            try (Staging staging = storage.stage();
                    Mailbox to = mail.open(entry.get().id())) {
                staging.write(content);
                return mailbox.replace(
                                uid,
                                new Mailbox.NewMessage(staging.finish(), new byte[0], flags, DATE, annotations),
                                to)
                        .uids();
            }
        });
    }

    private UidSet someUids() {
        if (random.nextInt(5) == 0) {
            return UidSet.ALL;
        }
        UidSet.Builder builder = new UidSet.Builder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            long first = 1 + random.nextInt(60);
            builder.addRange(first, first + random.nextInt(4));
        }
        return builder.build();
    }

    private void store(String user, MailboxName name) {
        UidSet uids = someUids();
        FlagChange change = new FlagChange(
                FlagChange.Kind.values()[random.nextInt(3)],
                random.nextInt(3) == 0 ? Flags.of(SystemFlags.DELETED) : flags());
        inside(user, name, (_, _, mailbox) -> mailbox.store(uids, change, -1).changed());
    }

    private void annotate(String user, MailboxName name) {
        UidSet uids = someUids();
        Map<String, Optional<byte[]>> changes = annotations();
        inside(
                user,
                name,
                (_, _, mailbox) -> mailbox.annotate(uids, changes, -1).changed());
    }

    private Map<String, Optional<byte[]>> annotations() {
        Map<String, Optional<byte[]>> changes = new TreeMap<>();
        changes().forEach((key, value) -> {
            String scope = random.nextBoolean() ? Mailbox.PRIVATE_ANNOTATION : "annotate/shared/";
            changes.put(scope + key.charAt(key.length() - 1), value);
        });
        return changes;
    }

    private static Map<String, String> text(NamedValues values) {
        Map<String, String> text = new TreeMap<>();
        values.under("").forEach((name, value) -> text.put(name, HexFormat.of().formatHex(value)));
        return text;
    }

    private void expunge(String user, MailboxName name) {
        UidSet uids = someUids();
        inside(user, name, (_, _, mailbox) -> mailbox.expunge(uids).uids());
    }

    private void transfer(String user, MailboxName name, boolean move) {
        UidSet uids = someUids();
        MailboxName target = MailboxName.of(NAMES.get(random.nextInt(NAMES.size())));
        String other = random.nextInt(4) == 0 ? USERS.get(random.nextInt(USERS.size())) : user;
        inside(user, name, (storage, _, mailbox) -> {
            try (UserMail mail = storage.open(other)) {
                var entry = mail.find(target);
                if (entry.isEmpty()) {
                    return "none";
                }
                try (Mailbox to = mail.open(entry.get().id())) {
                    Mailbox.Copied copied = move ? mailbox.move(uids, to) : mailbox.copy(uids, to);
                    return List.of(copied.source(), copied.target());
                }
            }
        });
    }

    private void claim(String user, MailboxName name) {
        boolean claim = random.nextBoolean();
        inside(user, name, (_, _, mailbox) -> mailbox.recentFrom(claim));
    }

    private void remember(String user, MailboxName name) {
        long[] found = new long[3];
        inside(user, name, (storage, _, mailbox) -> {
            found[storage == loft ? 1 : 0] = mailbox.status().highestModSeq();
            found[2] = storage == loft ? mailbox.uidValidity() : 0;
            return "asked";
        });
        if (found[0] > 0) {
            moments.add(new Moment(user, name, found[2], found[0], found[1]));
        }
    }

    void compare() throws IOException {
        assertThat(loft.users().toList())
                .containsExactlyInAnyOrderElementsOf(model.users().toList());
        for (String user : USERS) {
            try (UserMail expected = model.open(user);
                    UserMail found = loft.open(user)) {
                assertThat(found.mailboxes().stream().map(UserMail.Entry::name).toList())
                        .isEqualTo(expected.mailboxes().stream()
                                .map(UserMail.Entry::name)
                                .toList());
                assertThat(found.subscriptions()).isEqualTo(expected.subscriptions());
                assertThat(text(found.attributes())).isEqualTo(text(expected.attributes()));
                assertThat(found.quota().usage())
                        .as("usage of " + user)
                        .isEqualTo(expected.quota().usage());
                for (UserMail.Entry entry : expected.mailboxes()) {
                    var there = found.find(entry.name()).orElseThrow();
                    assertThat(there.uses()).as("uses of " + entry.name()).isEqualTo(entry.uses());
                    assertThat(text(found.attributes(there.id())))
                            .as("values of " + entry.name())
                            .isEqualTo(text(expected.attributes(entry.id())));
                    MailboxStatus closed = found.status(there.id());
                    try (Mailbox one = expected.open(entry.id());
                            Mailbox other = found.open(there.id())) {
                        compare(user + ":" + entry.name(), one, other);
                        assertThat(other.status()).as("status before opening").isEqualTo(closed);
                        since(user, entry.name(), one, other);
                    }
                }
            }
        }
    }

    private static void compare(String what, Mailbox expected, Mailbox found) throws IOException {
        MailboxStatus one = expected.status();
        MailboxStatus other = found.status();
        assertThat(List.of(other.messages(), other.unseen(), other.deleted(), other.deletedBytes(), other.size()))
                .as("counters of " + what)
                .isEqualTo(List.of(one.messages(), one.unseen(), one.deleted(), one.deletedBytes(), one.size()));
        assertThat(other.uidNext()).as("UIDNEXT of " + what).isEqualTo(one.uidNext());
        assertThat(other.recent()).as("RECENT of " + what).isEqualTo(one.recent());
        MailboxView view = expected.view();
        assertThat(found.view().uids()).as("UIDs of " + what).isEqualTo(view.uids());
        assertThat(found.annotated()).as("annotated in " + what).isEqualTo(expected.annotated());
        try (MessageCursor left = expected.cursor();
                MessageCursor right = found.cursor()) {
            for (int seq = 1; seq <= view.count(); seq++) {
                long uid = view.uid(seq);
                String row = what + " UID " + uid;
                assertThat(left.seek(uid)).isTrue();
                assertThat(right.seek(uid)).as(row).isTrue();
                assertThat(right.systemFlags()).as("flags of " + row).isEqualTo(left.systemFlags());
                assertThat(text(found.annotations(uid)))
                        .as("annotations of " + row)
                        .isEqualTo(text(expected.annotations(uid)));
                assertThat(names(right, found)).as("keywords of " + row).isEqualTo(names(left, expected));
                assertThat(right.internalDate()).as("date of " + row).isEqualTo(left.internalDate());
                assertThat(right.content().bytes())
                        .as("content of " + row)
                        .isEqualTo(left.content().bytes());
                assertThat(right.digest().headerSize())
                        .as(row)
                        .isEqualTo(left.digest().headerSize());
                assertThat(right.modSeq()).as(row).isLessThanOrEqualTo(other.highestModSeq());
            }
        }
    }

    private static Set<String> names(MessageCursor cursor, Mailbox mailbox) {
        Set<String> names = new java.util.TreeSet<>();
        for (int bit = 0; bit < mailbox.keywords().size(); bit++) {
            if ((cursor.keywordBits() >>> bit & 1) != 0) {
                names.add(mailbox.keywords().get(bit));
            }
        }
        return names;
    }

    private void since(String user, MailboxName name, Mailbox expected, Mailbox found) {
        for (Moment moment : moments) {
            if (moment.user.equals(user) && moment.mailbox.equals(name) && moment.uidValidity == found.uidValidity()) {
                assertThat(found.changedSince(moment.loft))
                        .as("changed in " + name + " since " + moment)
                        .isEqualTo(expected.changedSince(moment.model));
                UidSet vanished = expected.vanishedSince(moment.model, UidSet.ALL);
                UidSet told = found.vanishedSince(moment.loft, UidSet.ALL);
                assertThat(historyMayBeShort ? told.intersect(vanished) : told)
                        .as("vanished from " + name + " since " + moment)
                        .isEqualTo(vanished);
                assertThat(told.intersect(found.view().uids()).isEmpty()).isTrue();
            }
        }
    }
}
