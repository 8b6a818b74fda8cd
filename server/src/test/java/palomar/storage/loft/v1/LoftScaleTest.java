package palomar.storage.loft.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.event.Event;
import palomar.mail.Flags;
import palomar.mail.MailboxName;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.os.RealDisk;
import palomar.storage.FlagChange;
import palomar.storage.Mailbox;
import palomar.storage.MailboxView;
import palomar.storage.MessageCursor;
import palomar.storage.Staging;
import palomar.storage.Storage;
import palomar.storage.UserMail;
import palomar.testkit.Seeds;

/// Large mailboxes and many of them.
class LoftScaleTest {
    @TempDir
    private Path folder;

    private LoftStorage open() throws IOException {
        LoftSettings settings = LoftSettings.of(folder).withShards(2).withSync(LoftSettings.Sync.NONE);
        return LoftStorage.open(settings, new RealDisk(), InstantSource.system(), Seeds.random("guids"), Event.SILENT);
    }

    @Test
    void aLargeMailboxWorksAsASmallOne() throws IOException {
        largeMailbox(20_000);
    }

    @Test
    void aMillionMessagesInOneMailboxWorkAsAFew() throws IOException {
        largeMailbox(1_000_000);
    }

    private static Mailbox inbox(Storage loft, String user) {
        UserMail mail = loft.open(user);
        return mail.open(mail.find(MailboxName.INBOX).orElseThrow().id());
    }

    private static void fill(Storage loft, Mailbox inbox, int messages) throws IOException {
        List<Staging> stagings = new ArrayList<>();
        List<Mailbox.NewMessage> first = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Staging staging = loft.stage();
            staging.write(("Subject: message " + i + "\r\n\r\ntext\r\n").getBytes(StandardCharsets.US_ASCII));
            stagings.add(staging);
            first.add(new Mailbox.NewMessage(staging.finish(), new byte[0], Flags.NONE, Instant.EPOCH));
        }
        inbox.append(first);
        stagings.forEach(Staging::close);
        while (inbox.view().count() < messages) {
            int some = Math.min(
                    100_000,
                    Math.min(inbox.view().count(), messages - inbox.view().count()));
            inbox.copy(UidSet.ofRange(1, some), inbox);
        }
    }

    private void largeMailbox(int messages) throws IOException {
        try (LoftStorage loft = open();
                Mailbox inbox = inbox(loft, "anna")) {
            fill(loft, inbox, messages);
            assertThat(inbox.store(UidSet.ALL, FlagChange.add(Flags.of(SystemFlags.SEEN)), -1)
                            .changed())
                    .isEqualTo(UidSet.ofRange(1, messages));
            inbox.store(UidSet.ofRange(1, messages / 2), FlagChange.add(Flags.of(SystemFlags.DELETED)), -1);
            assertThat(inbox.expunge(UidSet.ofRange(1, messages / 4)).uids())
                    .isEqualTo(UidSet.ofRange(1, messages / 4));
        }
        try (LoftStorage loft = open();
                Mailbox inbox = inbox(loft, "anna")) {
            MailboxView view = inbox.view();
            assertThat(view.count()).isEqualTo(messages - messages / 4);
            assertThat(inbox.status().unseen()).isZero();
            assertThat(inbox.status().deleted()).isEqualTo(messages / 2 - messages / 4);
            try (MessageCursor cursor = inbox.cursor()) {
                for (int seq = 1; seq <= view.count(); seq++) {
                    assertThat(cursor.seek(view.uid(seq))).isTrue();
                    if (seq % 1000 == 1) {
                        assertThat(cursor.digest().baseSubject()).startsWith("MESSAGE");
                        assertThat(new String(cursor.content().bytes(), StandardCharsets.US_ASCII))
                                .endsWith("\r\n\r\ntext\r\n");
                    }
                }
            }
            assertThat(inbox.append(List.of()).uids().isEmpty()).isTrue();
        }
    }

    @Test
    void manyMailboxesAnswerWithoutBeingOpened() throws IOException {
        manyMailboxes(1500, 3);
    }

    @Test
    void aHundredThousandMailboxesAnswerWithoutBeingOpened() throws IOException {
        manyMailboxes(50_000, 2);
        manyMailboxes(1, 100_000);
    }

    private void manyMailboxes(int users, int each) throws IOException {
        try (LoftStorage loft = open()) {
            for (int i = 0; i < users; i++) {
                try (UserMail mail = loft.open("user" + i)) {
                    for (int j = 1; j < each; j++) {
                        MailboxName name = MailboxName.of("box" + j);
                        if (mail.find(name).isEmpty()) {
                            mail.create(name, Set.of());
                        }
                    }
                }
            }
            deliver(loft, "user0");
        }
        try (LoftStorage loft = open()) {
            assertThat(loft.users().count()).isGreaterThanOrEqualTo(users);
            try (UserMail mail = loft.open("user0")) {
                List<UserMail.Entry> entries = mail.mailboxes();
                assertThat(entries).hasSizeGreaterThanOrEqualTo(each);
                assertThat(entries.stream()
                                .mapToLong(entry -> mail.status(entry.id()).messages())
                                .sum())
                        .isPositive();
            }
        }
    }

    private static void deliver(Storage loft, String user) throws IOException {
        try (Staging staging = loft.stage()) {
            staging.write("Subject: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var target = new Storage.Target(user, MailboxName.INBOX, new byte[0], Flags.NONE, Instant.EPOCH);
            assertThat(loft.deliver(staging.finish(), List.of(target)).getFirst())
                    .isInstanceOf(Storage.Delivered.Stored.class);
        }
    }
}
