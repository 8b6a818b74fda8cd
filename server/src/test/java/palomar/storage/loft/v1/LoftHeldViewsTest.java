package palomar.storage.loft.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import palomar.event.Event;
import palomar.mail.Flags;
import palomar.mail.MailboxName;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.storage.FlagChange;
import palomar.storage.Mailbox;
import palomar.storage.MailboxView;
import palomar.storage.MessageCursor;
import palomar.storage.Staging;
import palomar.storage.UserMail;
import palomar.testkit.HostileDisk;
import palomar.testkit.Seeds;

/// Expunged messages and their bytes stay for as long as somebody goes by an older view, and no longer.
class LoftHeldViewsTest {
    private static final int MESSAGES = 200;
    private static final UidSet MOST = UidSet.ofRange(11, 190);

    private final HostileDisk disk = new HostileDisk(Seeds.random("disk"));
    private LoftStorage loft;
    private UserMail mail;
    private Mailbox writer;
    private Mailbox reader;

    @BeforeEach
    void open() throws IOException {
        LoftTuning tuning = LoftTuning.defaults().withSegmentBytes(64 << 10).withMostUnindexed(4);
        LoftSettings settings = LoftSettings.of(Path.of("/loft")).withShards(1).withTuning(tuning);
        loft = LoftStorage.open(settings, disk, InstantSource.system(), Seeds.random("guids"), Event.SILENT);
        mail = loft.open("anna");
        writer = mail.open(mail.find(MailboxName.INBOX).orElseThrow().id());
        reader = mail.open(writer.id());
        for (int i = 1; i <= MESSAGES; i++) {
            try (Staging staging = loft.stage()) {
                staging.write(content(i));
                writer.append(
                        List.of(new Mailbox.NewMessage(staging.finish(), new byte[0], Flags.NONE, Instant.EPOCH)));
            }
        }
    }

    @AfterEach
    void close() {
        reader.close();
        writer.close();
        mail.close();
        loft.close();
    }

    private static byte[] content(long number) {
        return ("Subject: m" + number + "\r\n\r\n" + "0123456789\r\n".repeat(100)).getBytes(StandardCharsets.US_ASCII);
    }

    private void expungeMost() {
        writer.store(MOST, FlagChange.add(Flags.of(SystemFlags.DELETED)), -1);
        writer.expunge(MOST);
    }

    private LoadedBox rows() {
        return ((LoftMailbox) writer).loadedBox();
    }

    private int segments() {
        return loft.shards().getFirst().journal().segments().size();
    }

    private void assertAllReadable(MailboxView view) throws IOException {
        try (MessageCursor cursor = reader.cursor()) {
            for (int seq = 1; seq <= view.count(); seq++) {
                assertThat(cursor.seek(view.uid(seq))).as("message " + seq).isTrue();
                assertThat(cursor.digest().headerSize()).isPositive();
                assertThat(cursor.content().bytes()).isEqualTo(content(view.uid(seq)));
            }
        }
    }

    @Test
    void theBytesSurviveCompactionUntilTheViewIsGivenUp() throws IOException {
        MailboxView view = reader.view();
        reader.hold(view);
        int before = segments();
        expungeMost();
        assertThat(new LoftTools(loft).compact()).isPositive();
        assertAllReadable(view);
        assertThat(new LoftTools(loft).compact()).as("nothing is emptied twice").isZero();
        assertThat(segments()).isGreaterThanOrEqualTo(before);
        reader.hold(reader.view());
        new LoftTools(loft).compact();
        assertThat(segments()).isLessThan(before);
        assertAllReadable(reader.view());
    }

    @Test
    void rowsGoWhenTheLastWhoMightAskHasHeardOfTheirEnd() {
        try (Mailbox other = mail.open(writer.id())) {
            reader.hold(reader.view());
            other.hold(other.view());
            expungeMost();
            assertThat(rows().rowsNow()).isEqualTo(MESSAGES);
            reader.hold(reader.view());
            assertThat(rows().rowsNow()).isEqualTo(MESSAGES);
        }
        assertThat(rows().rowsNow()).isEqualTo(MESSAGES - (int) MOST.size());
    }

    @Test
    void withoutAHeldViewRowsGoAtOnceAndLaterExpungesAreHeldByTheirOwnViews() throws IOException {
        expungeMost();
        assertThat(rows().rowsNow()).isEqualTo(MESSAGES - (int) MOST.size());
        MailboxView view = reader.view();
        reader.hold(view);
        writer.store(UidSet.ALL, FlagChange.add(Flags.of(SystemFlags.DELETED)), -1);
        writer.expunge(UidSet.ALL);
        assertThat(writer.view().count()).isZero();
        assertAllReadable(view);
    }

    @Test
    void aClosedHandleHoldsNothing() {
        MailboxView view = reader.view();
        reader.hold(view);
        reader.close();
        reader.hold(view);
        expungeMost();
        assertThat(rows().rowsNow()).isEqualTo(MESSAGES - (int) MOST.size());
    }
}
