package palomar.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.bytes.MemoryOutput;
import palomar.contract.MailboxFixture;
import palomar.imap.order.ColumnCache;
import palomar.imap.order.Forest;
import palomar.imap.order.Ordering;
import palomar.imap.order.TextOrder;
import palomar.imap.proto.ThreadAlgorithm;
import palomar.mail.Flags;
import palomar.mail.MailboxName;
import palomar.storage.Mailbox;
import palomar.storage.MailboxView;
import palomar.storage.Storage;
import palomar.storage.UserMail;
import palomar.storage.memory.MemoryStorage;
import palomar.testkit.ManualClock;
import palomar.testkit.Seeds;

/// Small random mailboxes, full of what is wrong in real ones, threaded by us and by [NaiveThreads].
class ThreadModelTest {
    private static final long DAY = 86_400;

    private final RandomGenerator random = Seeds.random("ThreadModelTest");

    @Test
    void threadsAreThoseOfTheRfc() throws IOException {
        for (int round = 0; round < 400; round++) {
            check(random.nextInt(1, 14), random.nextInt(2, 9));
        }
        for (int round = 0; round < 10; round++) {
            check(120, 60);
        }
    }

    private void check(int count, int ids) throws IOException {
        try (Storage storage = new MemoryStorage(new ManualClock(), Seeds.random("threads"));
                UserMail mail = storage.open("u");
                Mailbox mailbox =
                        mail.open(mail.find(MailboxName.INBOX).orElseThrow().id())) {
            List<NaiveThreads.Message> messages = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            for (int place = 0; place < count; place++) {
                text.append(add(storage, mailbox, messages, place, ids)).append('\n');
            }
            MailboxView view = mailbox.view();
            Ordering ordering =
                    new Ordering(new ColumnCache(0, new ManualClock()), "u", mailbox, view, TextOrder.DEFAULT);
            for (ThreadAlgorithm algorithm : ThreadAlgorithm.values()) {
                String expected = switch (algorithm) {
                    case ORDEREDSUBJECT -> NaiveThreads.orderedSubject(messages);
                    case REFERENCES -> NaiveThreads.references(messages);
                    case REFS -> NaiveThreads.refs(messages);
                };
                assertThat(print(ordering.thread(view.uids(), algorithm)))
                        .as("%s, seed %d, of%n%s", algorithm, Seeds.seed(), text)
                        .isEqualTo(expected);
            }
        }
    }

    /// A message that says what chance wants, for both sides.
    private String add(Storage storage, Mailbox mailbox, List<NaiveThreads.Message> messages, int place, int ids)
            throws IOException {
        String id = random.nextInt(8) == 0 ? null : "i" + random.nextInt(ids) + "@x";
        List<String> references = new ArrayList<>();
        for (int i = random.nextInt(5) - 1; i > 0; i--) {
            references.add("i" + random.nextInt(ids) + "@x");
        }
        String base = List.of("", "apples", "pears").get(random.nextInt(3));
        String subject = switch (random.nextInt(5)) {
            case 0 -> "Re: " + base;
            case 1 -> base + " (fwd)";
            case 2 -> "[Fwd: " + base + "]";
            default -> base;
        };
        boolean reply = !subject.equals(base);
        long arrived = DAY * 20_000 + random.nextInt(4);
        boolean dated = random.nextInt(6) > 0;
        long sent = dated ? DAY * 20_000 + random.nextInt(3) : arrived;
        StringBuilder mail = new StringBuilder("Subject: ").append(subject).append("\r\n");
        if (id != null) {
            mail.append("Message-ID: <").append(id).append(">\r\n");
        }
        if (references.size() == 1 && random.nextBoolean()) {
            mail.append("In-Reply-To: Your mail <")
                    .append(references.getFirst())
                    .append("> of today <z@x>\r\n");
        } else if (!references.isEmpty()) {
            mail.append("References: <").append(String.join("> <", references)).append(">\r\n");
        }
        if (dated) {
            String date = DateTimeFormatter.RFC_1123_DATE_TIME
                    .withLocale(Locale.ROOT)
                    .format(Instant.ofEpochSecond(sent).atOffset(ZoneOffset.UTC));
            mail.append("Date: ").append(date).append("\r\n");
        }
        mail.append("\r\n");
        messages.add(
                new NaiveThreads.Message(place, id, references, base.toUpperCase(Locale.ROOT), reply, sent, arrived));
        byte[] bytes = mail.toString().getBytes(StandardCharsets.US_ASCII);
        MailboxFixture.append(storage, mailbox, bytes, Flags.NONE, Instant.ofEpochSecond(arrived));
        return mail.toString();
    }

    private static String print(Forest forest) throws IOException {
        int[] numbers = new int[forest.messages()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i + 1;
        }
        MemoryOutput out = new MemoryOutput();
        new ThreadWriter(out, forest, numbers).write();
        return new String(out.toByteArray(), StandardCharsets.US_ASCII);
    }
}
