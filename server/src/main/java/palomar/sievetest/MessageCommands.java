package palomar.sievetest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.mail.MailException;
import palomar.sieve.Arguments;
import palomar.sieve.Condition;
import palomar.sieve.Declarations;
import palomar.sieve.Flow;
import palomar.sieve.MailboxNames;
import palomar.sieve.Run;
import palomar.sieve.Spec;
import palomar.sieve.Statement;
import palomar.sieve.Tag;
import palomar.sieve.Text;
import palomar.storage.Attributes;
import palomar.storage.UserMail.Entry;

/// Commands that look at messages, and those for mailboxes.
final class MessageCommands {
    private MessageCommands() {}

    static void declare(Declarations declarations) {
        Spec message = Spec.of("test_message")
                .tag(Tag.of("smtp").group("source"))
                .tag(Tag.of("folder").string().group("source"))
                .number("index");
        declarations.command(message, MessageCommands::command);
        declarations.test(message, MessageCommands::test);
        declarations.command(Spec.of("test_message_print"), arguments -> run -> {
            byte[] text = run.message().version().content().bytes();
            TestWorld.of(run).report().print(new String(text, StandardCharsets.UTF_8));
            return Flow.NEXT;
        });
        declarations.command(Spec.of("test_mailbox_create").string("mailbox"), MessageCommands::create);
        declarations.command(Spec.of("test_mailbox_delete").string("mailbox"), MessageCommands::delete);
        declarations.command(
                Spec.of("test_imap_metadata_set")
                        .tag(Tag.of("mailbox").string())
                        .string("annotation")
                        .string("value"),
                MessageCommands::annotate);
    }

    private static Statement command(Arguments arguments) {
        Choice choice = Choice.of(arguments);
        return run -> choice.take(run) ? Flow.NEXT : TestBlock.failed(run, choice.missing(run));
    }

    private static Condition test(Arguments arguments) {
        Choice choice = Choice.of(arguments);
        return choice::take;
    }

    /// Which message.
    ///
    /// @param mailbox null: of those that were sent
    private record Choice(@Nullable Text mailbox, long index) {
        static Choice of(Arguments arguments) {
            if (!arguments.has(":smtp") && !arguments.has(":folder")) {
                arguments.error(
                        "the " + arguments.label() + " requires the :smtp or the :folder tag, but none is specified");
                return new Choice(null, 0);
            }
            if (arguments.has(":folder")) {
                MailboxNames.check(arguments, ":folder");
                return new Choice(arguments.string(":folder"), arguments.number("index"));
            }
            return new Choice(null, arguments.number("index"));
        }

        boolean take(Run run) throws IOException {
            TestWorld world = TestWorld.of(run);
            Text text = mailbox;
            if (text == null) {
                Optional<SentMail.Sent> sent = world.sent().get(index);
                if (sent.isPresent()) {
                    world.message(run, sent.get().content(), List.of());
                    world.envelope(run, sent.get().envelope());
                }
                return sent.isPresent();
            }
            String name = text.value(run);
            Optional<Entry> entry = MailboxNames.isValid(name) ? world.store().find(name) : Optional.empty();
            if (entry.isEmpty()) {
                world.defaultMessage(run);
                return false;
            }
            Optional<TestStore.Stored> stored = world.store().message(entry.get(), index);
            if (stored.isPresent()) {
                world.message(run, stored.get().content(), stored.get().flags());
            }
            return stored.isPresent();
        }

        String missing(Run run) {
            Text text = mailbox;
            return text == null
                    ? "no message with index " + index + " was sent"
                    : "no message with index " + index + " in folder '" + text.value(run) + "'";
        }
    }

    private static Statement create(Arguments arguments) {
        Text mailbox = arguments.string("mailbox");
        MailboxNames.check(arguments, "mailbox");
        return run -> {
            String name = MailboxNames.value(run, mailbox);
            try {
                TestWorld.of(run).store().create(name);
            } catch (MailException refused) {
                throw run.fault("invalid folder name '" + name + "': " + refused.getMessage());
            }
            return Flow.NEXT;
        };
    }

    private static Statement delete(Arguments arguments) {
        Text mailbox = arguments.string("mailbox");
        MailboxNames.check(arguments, "mailbox");
        return run -> {
            String name = MailboxNames.value(run, mailbox);
            TestStore store = TestWorld.of(run).store();
            Optional<Entry> entry = store.find(name);
            if (entry.isEmpty()) {
                return TestBlock.failed(run, "folder '" + name + "' does not exist");
            }
            try {
                store.mail().delete(entry.get().name());
            } catch (MailException refused) {
                return TestBlock.failed(run, "folder '" + name + "' can't be deleted: " + refused.getMessage());
            }
            return Flow.NEXT;
        };
    }

    private static Statement annotate(Arguments arguments) {
        Optional<Text> mailbox =
                arguments.has(":mailbox") ? Optional.of(arguments.string(":mailbox")) : Optional.empty();
        Text annotation = arguments.string("annotation");
        Text value = arguments.string("value");
        return run -> {
            TestStore store = TestWorld.of(run).store();
            String entry = annotation.value(run);
            if (!isEntry(entry)) {
                throw run.fault("invalid annotation '" + entry + "': expected /private/... or /shared/...");
            }
            Attributes attributes = store.attributes(mailbox.map(text -> text.value(run)))
                    .orElseThrow(() -> run.fault("the folder for annotation '" + entry + "' does not exist"));
            try {
                store.annotate(attributes, entry, value.value(run));
            } catch (MailException refused) {
                throw run.fault("annotation '" + entry + "' can't be set: " + refused.getMessage());
            }
            return Flow.NEXT;
        };
    }

    /// RFC 5464 4.1
    private static boolean isEntry(String entry) {
        String lower = entry.toLowerCase(Locale.ROOT);
        return (lower.startsWith("/private/") || lower.startsWith("/shared/"))
                && !entry.endsWith("/")
                && !entry.contains("//")
                && entry.chars().allMatch(c -> c > 0x19 && c < 0x7f && c != '*' && c != '%');
    }
}
