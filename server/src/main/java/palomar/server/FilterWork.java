package palomar.server;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import palomar.admin.ControlFailure;
import palomar.config.PalomarSettings;
import palomar.delivery.sieve.Allowance;
import palomar.delivery.sieve.MailboxFilter;
import palomar.delivery.sieve.Person;
import palomar.delivery.sieve.Programs;
import palomar.delivery.sieve.Surroundings;
import palomar.event.Event;
import palomar.event.LogLevels;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.outbox.Outbox;
import palomar.sieve.Limits;
import palomar.sieve.Program;
import palomar.sieve.ext.Extensions;
import palomar.storage.Storage;
import palomar.storage.UserMail;

/// Runs a script over a mailbox.
public final class FilterWork {
    /// Of the packed script in a request.
    private static final int LONGEST = 14 << 10;

    private static final String HOST = "localhost";

    /// For a filter, which sends nothing.
    private static final Outbox NO_OUTBOX = message -> {
        throw new MailException(MailError.CANNOT, "a filter sends no mail");
    };

    private FilterWork() {}

    /// What to do.
    ///
    /// @param execute else nothing is changed
    public record Order(String user, MailboxName mailbox, Program program, boolean execute) {}

    /// What became of it, in a line for people.
    public static String told(MailboxFilter.Tally tally, boolean execute) {
        return tally.seen() + " messages, " + tally.touched() + (execute ? " changed" : " would change")
                + (tally.failed() == 0 ? "" : ", " + tally.failed() + " left because of an error");
    }

    /// The order as words for a running server, with the script behind them; it must fit into one request.
    public static List<String> words(String user, String mailbox, byte[] script, boolean execute) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(script);
        }
        String text = Base64.getEncoder().encodeToString(packed.toByteArray());
        if (text.length() > LONGEST) {
            throw new Refused(
                    ExitCode.DATA, "the script is too long to be handed to the running server: stop it first");
        }
        return List.of(user, mailbox, execute ? "execute" : "look", text);
    }

    /// What [#words] said, in the running server.
    static void answer(House house, List<String> words, Consumer<String> out) {
        if (words.size() != 4) {
            throw new ControlFailure(ExitCode.USAGE.number(), "a filter needs a user, a mailbox and a script");
        }
        boolean execute = words.get(2).equals("execute");
        try (InputStream script = new InflaterInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(words.get(3))))) {
            byte[] source = script.readNBytes(Limits.USUAL.mostScriptBytes());
            Program program = Extensions.language()
                    .compile(source, Limits.USUAL)
                    .program()
                    .orElseThrow(() -> new ControlFailure(ExitCode.DATA.number(), "the script does not compile here"));
            Order order = new Order(words.getFirst(), MailboxName.of(words.get(1)), program, execute);
            MailboxFilter.Tally tally =
                    run(house.loft(), house.settings(), Clock.systemDefaultZone(), order, out, Event.SILENT);
            out.accept(told(tally, execute));
            if (tally.failed() > 0) {
                throw new ControlFailure(ExitCode.FINDINGS.number(), "messages were left because of an error");
            }
        } catch (MailException refused) {
            throw new ControlFailure(ExitCode.of(refused.kind()).number(), refused.getMessage());
        } catch (IOException failed) {
            throw new ControlFailure(ExitCode.IO_ERROR.number(), IoText.of(failed));
        }
    }

    /// Opens the store, does the work, closes the store.
    ///
    /// Throws [Refused] when the data directory is in use; MailException NOT_FOUND when there is no such user or
    /// mailbox.
    public static MailboxFilter.Tally offline(Plan plan, Clock clock, Order order, Consumer<String> out)
            throws IOException {
        LogHouse log = new LogHouse(clock);
        Event event = log.event();
        try (Closings closings = new Closings(event)) {
            closings.add("log", log::close);
            log.levels(LogLevels.all(Event.Level.WARN));
            DataFolder folder =
                    DataFolder.takeForCommand(plan.settings().server().data());
            closings.add("data directory", folder::close);
            Storage storage = Stores.open(plan.settings(), clock, event);
            closings.add("store", storage::close);
            return run(storage, plan.settings(), clock, order, out, event);
        }
    }

    /// In a store that is open. Throws MailException NOT_FOUND when there is no such user or mailbox.
    static MailboxFilter.Tally run(
            Storage storage, PalomarSettings config, Clock clock, Order order, Consumer<String> out, Event event)
            throws IOException {
        if (storage.users().noneMatch(order.user()::equals)) {
            throw new MailException(MailError.NOT_FOUND, "there is no mail of a user " + order.user());
        }
        Map<String, String> settings = SieveHouse.policy(config).settings();
        Surroundings around = new Surroundings(
                storage::stage,
                NO_OUTBOX,
                Programs.NONE,
                clock,
                clock.getZone(),
                new SplittableRandom(),
                HOST,
                "postmaster@" + HOST,
                Allowance.UNLIMITED,
                event);
        try (UserMail mail = storage.open(order.user())) {
            UserMail.Entry mailbox = mail.find(order.mailbox())
                    .orElseThrow(
                            () -> new MailException(MailError.NOT_FOUND, "there is no mailbox " + order.mailbox()));
            Person person = Person.of(mail, Optional.empty(), name -> Optional.ofNullable(settings.get(name)));
            return new MailboxFilter(person, around, order.program(), Limits.USUAL, out).run(mailbox, order.execute());
        }
    }
}
