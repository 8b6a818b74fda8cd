package palomar.server;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
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
import palomar.storage.Storage;
import palomar.storage.UserMail;

/// Runs a script over a mailbox in the store of a server that does not run.
public final class FilterWork {
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
            return run(storage, plan, clock, order, out, event);
        }
    }

    private static MailboxFilter.Tally run(
            Storage storage, Plan plan, Clock clock, Order order, Consumer<String> out, Event event)
            throws IOException {
        if (storage.users().noneMatch(order.user()::equals)) {
            throw new MailException(MailError.NOT_FOUND, "there is no mail of a user " + order.user());
        }
        Map<String, String> settings = SieveHouse.policy(plan.settings()).settings();
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
                    .orElseThrow(() ->
                            new MailException(MailError.NOT_FOUND, "there is no mailbox " + order.mailbox()));
            Person person = Person.of(mail, Optional.empty(), name -> Optional.ofNullable(settings.get(name)));
            return new MailboxFilter(person, around, order.program(), Limits.USUAL, out)
                    .run(mailbox, order.execute());
        }
    }
}
