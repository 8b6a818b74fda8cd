package palomar.server;

import java.io.IOException;
import java.time.Clock;
import palomar.delivery.Deliveries;
import palomar.delivery.Lda;
import palomar.delivery.LdaExit;
import palomar.delivery.sieve.SieveDelivery;
import palomar.event.Event;
import palomar.event.LogLevels;
import palomar.outbox.SpooledOutbox;
import palomar.storage.Storage;

/// A delivery into the store of a server that does not run.
public final class LocalDelivery {
    private LocalDelivery() {}

    /// What to do with the open store.
    @FunctionalInterface
    public interface Work {
        LdaExit with(Lda lda) throws IOException;
    }

    /// Opens the store, does the work, closes the store. Another delivery that has it meanwhile is waited for a
    /// moment, then it is [ExitCode#TEMP_FAIL].
    public static LdaExit run(Plan plan, Clock clock, Work work) throws IOException {
        LogHouse log = new LogHouse(clock);
        Event event = log.event();
        try (Closings closings = new Closings(event)) {
            closings.add("log", log::close);
            log.become(plan.settings().log());
            if (plan.settings().log().file().isEmpty()) {
                log.levels(
                        LogLevels.all(Event.Level.WARN)); // an MTA takes what it reads on standard error for an error
            }
            DataFolder folder =
                    DataFolder.takeForCommand(plan.settings().server().data());
            closings.add("data directory", folder::close);
            Storage storage = Stores.open(plan.settings(), clock, event);
            closings.add("store", storage::close);
            Doors doors = new Doors(clock, event);
            closings.add("authentication", doors::close);
            SpooledOutbox outbox = Relays.open(plan, clock, event);
            closings.add("outgoing mail", outbox::close);
            ScriptHouse scripts = new ScriptHouse(plan.settings(), storage, clock, event);
            SieveDelivery sieve = Protocols.sieve(plan.settings(), storage, scripts, outbox, clock, event);
            closings.add("scripts", sieve::close);
            Deliveries deliveries = new Deliveries(
                    doors.open(plan), storage, clock, Protocols.deliveries(plan.settings()), sieve, event);
            String id = "lda-" + ProcessHandle.current().pid();
            boolean temporary = Protocols.isTemporary(plan.settings().lmtp());
            return work.with(new Lda(deliveries, temporary, id, event.with("session", id)));
        }
    }
}
