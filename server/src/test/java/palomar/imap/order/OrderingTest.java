package palomar.imap.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.contract.MailboxFixture;
import palomar.imap.proto.AnnotationKey;
import palomar.imap.proto.SortCriterion;
import palomar.imap.proto.SortKey;
import palomar.imap.proto.ThreadAlgorithm;
import palomar.mail.Flags;
import palomar.mail.MailboxName;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.storage.FlagChange;
import palomar.storage.Mailbox;
import palomar.storage.MailboxView;
import palomar.storage.Storage;
import palomar.storage.UserMail;
import palomar.storage.memory.MemoryStorage;
import palomar.testkit.ManualClock;
import palomar.testkit.Seeds;

/// Mailboxes of a size that is worth keeping columns of, sorted by us and by comparing plain objects.
class OrderingTest {
    private static final long DAY = 86_400;

    private final RandomGenerator random = Seeds.random("OrderingTest");
    private final ManualClock clock = new ManualClock();
    private final ColumnCache cache = new ColumnCache(10 << 20, clock);
    private final List<Mail> mails = new ArrayList<>();

    private record Mail(long uid, String from, String to, String subject, long sent, long arrived, long size) {
        /// As if a fuzzy search had given it.
        int score() {
            return (int) (uid * 37 % 5) + 1;
        }

        /// The annotation that it got.
        String note() {
            return subject.length() % 3 == 0 ? "" : subject;
        }

        Object key(SortKey key) {
            return switch (key) {
                case ARRIVAL -> arrived;
                case DATE -> sent;
                case SIZE -> size;
                case RELEVANCY -> -score();
                case ANNOTATION -> note().toUpperCase(Locale.ROOT);
                case FROM -> from.toUpperCase(Locale.ROOT);
                case TO -> to.toUpperCase(Locale.ROOT);
                case SUBJECT -> subject.toUpperCase(Locale.ROOT);
                case CC -> "";
                case DISPLAYFROM -> from.isEmpty() ? "" : (from + "@x").toUpperCase(Locale.ROOT);
                case DISPLAYTO -> to.isEmpty() ? "" : ("Mr. " + to).toUpperCase(Locale.ROOT);
            };
        }
    }

    @Test
    void theOrderIsThatOfPlainComparisonsWhateverCameAndWentSince() throws IOException {
        try (Storage storage = new MemoryStorage(clock, Seeds.random("ordering"));
                UserMail user = storage.open("u");
                Mailbox mailbox =
                        user.open(user.find(MailboxName.INBOX).orElseThrow().id())) {
            add(storage, mailbox, 600);
            MailboxView old = mailbox.view();
            for (int round = 0; round < 12; round++) {
                for (int i = 0; i < 6; i++) {
                    check(mailbox, mailbox.view(), mailbox.view().uids());
                }
                check(mailbox, mailbox.view(), some(mailbox.view().uids(), 3));
                check(mailbox, mailbox.view(), some(mailbox.view().uids(), 100));
                check(mailbox, old, old.uids().intersect(mailbox.view().uids()));
                add(storage, mailbox, random.nextInt(60));
                expunge(mailbox, some(mailbox.view().uids(), 15));
            }
            assertThat(cache.held()).isPositive().isLessThan(500_000);
        }
    }

    @Test
    void columnsAreForgottenAfterAWhileAndWhenTheyAreTooMany() throws IOException {
        try (Storage storage = new MemoryStorage(clock, Seeds.random("ordering"));
                UserMail user = storage.open("u");
                Mailbox mailbox =
                        user.open(user.find(MailboxName.INBOX).orElseThrow().id())) {
            add(storage, mailbox, 600);
            check(mailbox, List.of(new SortCriterion(SortKey.DATE, false)));
            long one = cache.held();
            assertThat(one).isEqualTo(12 * 600);
            clock.advance(Duration.ofMinutes(6));
            check(mailbox, List.of(new SortCriterion(SortKey.SUBJECT, false)));
            assertThat(cache.held()).isGreaterThan(one);
            clock.advance(Duration.ofMinutes(6));
            check(mailbox, List.of(new SortCriterion(SortKey.SIZE, false), new SortCriterion(SortKey.SUBJECT, false)));
            assertThat(cache.held()).isPositive();
            clock.advance(Duration.ofMinutes(60));
            ColumnCache small = new ColumnCache(30 * 600, clock);
            for (SortKey key : List.of(SortKey.DATE, SortKey.SUBJECT, SortKey.FROM, SortKey.TO)) {
                new Ordering(small, "u", mailbox, mailbox.view(), TextOrder.DEFAULT)
                        .sort(mailbox.view().uids(), List.of(new SortCriterion(key, false)));
                assertThat(small.held()).isLessThanOrEqualTo(30 * 600);
            }
        }
    }

    /// A mailbox that grew while its columns were kept is threaded as if it were read anew.
    @Test
    void threadsOfAMailboxThatGrewAreThoseOfAllItHas() throws IOException {
        try (Storage storage = new MemoryStorage(clock, Seeds.random("ordering"));
                UserMail user = storage.open("u");
                Mailbox mailbox =
                        user.open(user.find(MailboxName.INBOX).orElseThrow().id())) {
            add(storage, mailbox, 600);
            for (int round = 0; round < 5; round++) {
                for (ThreadAlgorithm algorithm : ThreadAlgorithm.values()) {
                    assertThat(threads(cache, mailbox, algorithm))
                            .as("seed %d", Seeds.seed())
                            .isEqualTo(threads(new ColumnCache(0, clock), mailbox, algorithm));
                }
                add(storage, mailbox, 40);
                expunge(mailbox, some(mailbox.view().uids(), 10));
            }
        }
    }

    private List<Integer> threads(ColumnCache columns, Mailbox mailbox, ThreadAlgorithm algorithm) {
        MailboxView view = mailbox.view();
        Forest forest = new Ordering(columns, "u", mailbox, view, TextOrder.DEFAULT).thread(view.uids(), algorithm);
        List<Integer> all = new ArrayList<>();
        for (int thread = 0; thread < forest.threads(); thread++) {
            all.add(named(forest, forest.root(thread)));
        }
        for (int message = 0; message < forest.messages(); message++) {
            all.add(named(forest, forest.parent(message)));
        }
        return all;
    }

    /// Dummies are the same when their first children are.
    private static int named(Forest forest, int item) {
        return item < forest.messages() ? item : -2 - forest.firstChild(item);
    }

    private void check(Mailbox mailbox, MailboxView view, UidSet found) {
        List<SortCriterion> criteria = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            SortKey key = SortKey.values()[random.nextInt(SortKey.values().length)];
            boolean reverse = random.nextBoolean();
            criteria.add(
                    key == SortKey.ANNOTATION
                            ? new SortCriterion(key, reverse, Optional.of(new AnnotationKey("/altsubject", true)))
                            : new SortCriterion(key, reverse));
        }
        check(mailbox, view, found, criteria);
    }

    private void check(Mailbox mailbox, List<SortCriterion> criteria) {
        check(mailbox, mailbox.view(), mailbox.view().uids(), criteria);
    }

    private void check(Mailbox mailbox, MailboxView view, UidSet found, List<SortCriterion> criteria) {
        List<Mail> wanted = new ArrayList<>(mails);
        wanted.removeIf(mail -> !found.contains(mail.uid()));
        List<Mail> expected = new ArrayList<>(wanted);
        expected.sort(comparator(criteria));
        byte[] scores = new byte[wanted.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (byte) wanted.get(i).score();
        }
        int[] order = new Ordering(cache, "u", mailbox, view, TextOrder.DEFAULT).sort(found, criteria, scores);
        List<Mail> sorted = new ArrayList<>();
        for (int place : order) {
            sorted.add(wanted.get(place));
        }
        assertThat(sorted).as("%s, seed %d", criteria, Seeds.seed()).isEqualTo(expected);
    }

    @SuppressWarnings("unchecked")
    private static Comparator<Mail> comparator(List<SortCriterion> criteria) {
        Comparator<Mail> all = (one, other) -> 0;
        for (SortCriterion criterion : criteria) {
            Comparator<Mail> next = Comparator.comparing(mail -> (Comparable<Object>) mail.key(criterion.key()));
            all = all.thenComparing(criterion.reverse() ? next.reversed() : next);
        }
        return all.thenComparing(Mail::uid);
    }

    private UidSet some(UidSet uids, int oneOf) {
        UidSet.Builder some = new UidSet.Builder();
        for (var each = uids.iterator(); each.hasNext(); ) {
            long uid = each.nextLong();
            if (random.nextInt(oneOf) == 0) {
                some.add(uid);
            }
        }
        return some.build();
    }

    private void expunge(Mailbox mailbox, UidSet uids) {
        mailbox.store(uids, FlagChange.add(Flags.of(SystemFlags.DELETED)), -1);
        mailbox.expunge(uids);
        mails.removeIf(mail -> uids.contains(mail.uid()));
    }

    private void add(Storage storage, Mailbox mailbox, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            String from = word();
            String to = word();
            String subject = word() + (random.nextBoolean() ? " " + word() : "");
            long arrived = DAY * 20_000 + random.nextInt(200);
            long sent = random.nextInt(10) == 0 ? arrived : DAY * 20_000 + random.nextInt(200);
            StringBuilder mail = new StringBuilder();
            mail.append(from.isEmpty() ? "" : "From: " + from + "@x\r\n");
            mail.append(to.isEmpty() ? "" : "To: \"Mr. " + to + "\" <" + to + "@x>\r\n");
            mail.append("Subject: Re: ").append(subject).append("\r\n");
            mail.append("Message-ID: <").append(mails.size()).append("@x>\r\n");
            mail.append("References: <").append(random.nextInt(600)).append("@x>\r\n");
            if (sent != arrived) {
                String date = DateTimeFormatter.RFC_1123_DATE_TIME
                        .withLocale(Locale.ROOT)
                        .format(Instant.ofEpochSecond(sent).atOffset(ZoneOffset.UTC));
                mail.append("Date: ").append(date).append("\r\n");
            }
            mail.append("\r\n").append("x".repeat(random.nextInt(9)));
            byte[] bytes = mail.toString().getBytes(StandardCharsets.US_ASCII);
            long uid = MailboxFixture.append(storage, mailbox, bytes, Flags.NONE, Instant.ofEpochSecond(arrived))
                    .uids()
                    .first(0);
            Mail made = new Mail(uid, from, to, subject.strip(), sent, arrived, bytes.length);
            mails.add(made);
            if (!made.note().isEmpty()) {
                Optional<byte[]> note = Optional.of(made.note().getBytes(StandardCharsets.UTF_8));
                mailbox.annotate(UidSet.of(uid), Map.of("annotate/shared/altsubject", note), -1);
            }
        }
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            word.append("abAB".charAt(random.nextInt(4)));
        }
        return word.toString();
    }
}
