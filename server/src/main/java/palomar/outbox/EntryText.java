package palomar.outbox;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import palomar.smtp.client.ContentFacts;
import palomar.smtp.client.DeliverBy;
import palomar.smtp.client.Envelope;
import palomar.smtp.client.EnvelopeOptions;
import palomar.smtp.client.EnvelopeRecipient;
import palomar.smtp.client.Notify;
import palomar.smtp.client.Webhook;
import palomar.smtp.proto.SmtpCommand.Body;
import palomar.smtp.proto.SmtpPath;
import palomar.smtp.proto.Xtext;

/// The head of an entry as text: lines of words, each word an xtext. docs/storage/outbox.md
final class EntryText {
    private EntryText() {}

    static String print(Entry entry) {
        StringBuilder text = new StringBuilder(256);
        line(text, "created", entry.created().toString());
        entry.notBefore().ifPresent(time -> line(text, "not-before", time.toString()));
        entry.key().ifPresent(key -> line(text, "key", key.toString()));
        ContentFacts facts = entry.facts();
        line(
                text,
                "content",
                facts.body().name(),
                Long.toString(facts.highBytes()),
                Boolean.toString(facts.headerIsAscii()));
        EnvelopeOptions options = entry.envelope().options();
        options.ret().ifPresent(ret -> line(text, "ret", ret.name()));
        options.envelopeId().ifPresent(id -> line(text, "envid", id));
        options.deliverBy()
                .ifPresent(by -> line(text, "by", by.due().toString(), by.mode().name(), Boolean.toString(by.trace())));
        if (options.requireTls()) {
            line(text, "require-tls");
        }
        options.webhook()
                .ifPresent(webhook -> line(
                        text,
                        "webhook",
                        webhook.target().toString(),
                        webhook.user(),
                        Boolean.toString(webhook.named())));
        SmtpPath sender = entry.envelope().sender();
        line(text, "from", sender.local(), sender.domain());
        for (EnvelopeRecipient recipient : entry.envelope().recipients()) {
            String notify = String.join(
                    ",", recipient.notifyOn().stream().map(Notify::name).toList());
            String original = recipient.original().orElse("");
            line(text, "to", recipient.address().local(), recipient.address().domain(), notify, original);
        }
        return text.toString();
    }

    static void line(StringBuilder text, String name, String... words) {
        text.append(name);
        for (String word : words) {
            text.append(' ').append(Xtext.encode(word));
        }
        text.append('\n');
    }

    /// The words of a line, decoded.
    static List<String> words(String line) throws DamagedEntry {
        List<String> words = new ArrayList<>();
        for (String word : line.split(" ", -1)) {
            words.add(Xtext.decode(word).orElseThrow(() -> new DamagedEntry("a word that is none: " + word)));
        }
        return words;
    }

    /// @param size of the content, which the head does not tell
    static Entry parse(String id, String text, long size) throws DamagedEntry {
        Parser parser = new Parser();
        try {
            for (String line : text.lines().toList()) {
                parser.take(words(line));
            }
            return parser.entry(id, size);
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException wrong) {
            throw new DamagedEntry("the head is not one of ours: " + wrong.getMessage());
        }
    }

    private static final class Parser {
        private Optional<Instant> created = Optional.empty();
        private Optional<Instant> notBefore = Optional.empty();
        private Optional<Key> key = Optional.empty();
        private Optional<ContentFacts> facts = Optional.empty();
        private Optional<EnvelopeOptions.Ret> ret = Optional.empty();
        private Optional<String> envelopeId = Optional.empty();
        private Optional<DeliverBy> by = Optional.empty();
        private boolean requireTls;
        private Optional<Webhook> webhook = Optional.empty();
        private Optional<SmtpPath> sender = Optional.empty();
        private final List<EnvelopeRecipient> recipients = new ArrayList<>();

        void take(List<String> words) throws DamagedEntry {
            switch (words.getFirst()) {
                case "created" -> created = Optional.of(Instant.parse(words.get(1)));
                case "not-before" -> notBefore = Optional.of(Instant.parse(words.get(1)));
                case "key" -> key = Key.parse(words.get(1));
                case "content" ->
                    facts = Optional.of(new ContentFacts(
                            Body.valueOf(words.get(1)),
                            Long.parseLong(words.get(2)),
                            Boolean.parseBoolean(words.get(3))));
                case "ret" -> ret = Optional.of(EnvelopeOptions.Ret.valueOf(words.get(1)));
                case "envid" -> envelopeId = Optional.of(words.get(1));
                case "by" ->
                    by = Optional.of(new DeliverBy(
                            Instant.parse(words.get(1)),
                            DeliverBy.Mode.valueOf(words.get(2)),
                            Boolean.parseBoolean(words.get(3))));
                case "require-tls" -> requireTls = true;
                case "webhook" ->
                    webhook = Optional.of(
                            new Webhook(URI.create(words.get(1)), words.get(2), Boolean.parseBoolean(words.get(3))));
                case "from" -> sender = Optional.of(new SmtpPath(words.get(1), words.get(2)));
                case "to" -> recipients.add(recipient(words));
                default -> throw new DamagedEntry("a line of another version: " + words.getFirst());
            }
        }

        private static EnvelopeRecipient recipient(List<String> words) {
            Set<Notify> notify = EnumSet.noneOf(Notify.class);
            if (!words.get(3).isEmpty()) {
                Arrays.stream(words.get(3).split(",")).map(Notify::valueOf).forEach(notify::add);
            }
            Optional<String> original = Optional.of(words.get(4)).filter(text -> !text.isEmpty());
            return new EnvelopeRecipient(new SmtpPath(words.get(1), words.get(2)), notify, original);
        }

        Entry entry(String id, long size) throws DamagedEntry {
            if (created.isEmpty() || facts.isEmpty() || sender.isEmpty()) {
                throw new DamagedEntry("the head lacks a line");
            }
            EnvelopeOptions options = new EnvelopeOptions(ret, envelopeId, by, requireTls, webhook);
            Envelope envelope = new Envelope(sender.get(), recipients, options);
            return new Entry(id, created.get(), notBefore, key, envelope, facts.get(), size);
        }
    }
}
