package palomar.imap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import palomar.bytes.ByteSource;
import palomar.imap.proto.SearchProgram;
import palomar.mail.MailboxName;
import palomar.mail.MessageGuid;
import palomar.message.Digest;
import palomar.message.StoredDigest;
import palomar.storage.MessageCursor;
import palomar.storage.StagedMessage;
import palomar.storage.Staging;
import palomar.storage.Storage;
import palomar.storage.UserMail;
import palomar.storage.memory.MemoryStorage;
import palomar.testkit.Mails;
import palomar.testkit.Seeds;

/// What a search itself leaves behind for the collector: nothing a message, as long as no message is opened.
class SearchMemoryTest {
    private static final int MESSAGES = 4000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UNSEEN SEEN",
                "SINCE 1-Jan-2027",
                "OR BEFORE 1-Jan-1999 LARGER 1000000",
                "SENTSINCE 1-Jan-2027",
                "SUBJECT nothing-like-it",
                "FROM nobody",
                "HEADER Message-ID nothing",
                "HEADER Subject nothing",
                "YOUNGER 1"
            })
    void flagsDatesAndHeadersAllocateNoObjectAMessage(String search) throws IOException {
        assertThat(allocated(search)).isLessThan(8L * MESSAGES);
    }

    @Test
    void textsAllocateAboutWhatIsRead() throws IOException {
        int size = Mails.named("attachment").length;
        assertThat(allocated("TEXT nothing-like-it")).isLessThan((long) MESSAGES * (2 * size + 6000));
        assertThat(allocated("FUZZY TEXT zyxwvutsrq")).isLessThan((long) MESSAGES * (2 * size + 8000));
    }

    /// Bytes that the best of some rounds has allocated.
    private static long allocated(String search) throws IOException {
        try (Storage storage = new MemoryStorage(InstantSource.system(), Seeds.random("search"));
                UserMail user = storage.open("anna");
                Staging staging = storage.stage()) {
            staging.write(Mails.named("attachment"));
            SearchRow row = new SearchRow(new SameMessage(staging.finish()));
            UserMail.Entry inbox = user.find(MailboxName.INBOX).orElseThrow();
            try (SelectedMailbox box = new SelectedMailbox(user, inbox, true, new Enabled())) {
                SearchCondition condition = new SearchCompiler(box, Instant.parse("2027-01-01T00:00:00Z"))
                        .compile(SearchProgram.parse(search).orElseThrow());
                long least = Long.MAX_VALUE;
                for (int round = 0; round < 5; round++) {
                    long before = THREADS.getThreadAllocatedBytes(
                            Thread.currentThread().threadId());
                    assertThat(matches(condition, row)).isZero();
                    long after = THREADS.getThreadAllocatedBytes(
                            Thread.currentThread().threadId());
                    least = Math.min(least, after - before);
                }
                return least;
            }
        }
    }

    private static int matches(SearchCondition condition, SearchRow row) throws IOException {
        int found = 0;
        for (int uid = 1; uid <= MESSAGES; uid++) {
            found += row.moveTo(uid) && condition.matches(row) ? 1 : 0;
        }
        return found;
    }

    /// A mailbox of any size whose messages are all the same; it allocates nothing.
    private static final class SameMessage implements MessageCursor {
        private final StagedMessage message;
        private final StoredDigest digest = new StoredDigest();
        private final Instant date = Instant.parse("2026-01-02T03:04:05Z");
        private long uid;

        SameMessage(StagedMessage message) {
            this.message = message;
        }

        @Override
        public boolean seek(long wanted) {
            uid = wanted;
            return true;
        }

        @Override
        public long uid() {
            return uid;
        }

        @Override
        public boolean expunged() {
            return false;
        }

        @Override
        public int systemFlags() {
            return 0;
        }

        @Override
        public long keywordBits() {
            return 0;
        }

        @Override
        public long modSeq() {
            return 1;
        }

        @Override
        public long size() {
            return message.size();
        }

        @Override
        public Instant internalDate() {
            return date;
        }

        @Override
        public Instant savedDate() {
            return date;
        }

        @Override
        public MessageGuid guid() {
            return message.guid();
        }

        @Override
        public Digest digest() {
            return digest.wrap(message.digest(), 0, message.digest().length, 0);
        }

        @Override
        public ByteSource content() {
            return message.content();
        }

        @Override
        public void close() {}
    }
}
