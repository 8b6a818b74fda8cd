package palomar.delivery.sieve;

import java.util.Optional;
import java.util.function.Function;
import palomar.delivery.Recipient;
import palomar.event.Event;
import palomar.mail.MailException;
import palomar.sieve.Host;
import palomar.storage.UserMail;

/// Tells users what became of what their scripts had sent, long after the scripts have ended: in their logs. Safe
/// for many threads.
public final class LateNews {
    private final SieveDelivery house;
    private final Function<String, Optional<Recipient>> people;
    private final Event event;

    /// @param people finds someone by the store's key
    public LateNews(SieveDelivery house, Function<String, Optional<Recipient>> people, Event event) {
        this.house = house;
        this.people = people;
        this.event = event;
    }

    /// Never fails: what can't be written is told to the operator.
    public void tell(String user, String text) {
        Event about = event.with("user", user);
        try {
            Optional<Recipient> person = people.apply(user);
            if (person.isEmpty()) {
                about.warn("sieve.log", "there is no such user any more, who was to be told: " + text);
                return;
            }
            try (UserMail mail = house.storage().open(user)) {
                SievePolicy policy = house.inForce().policy();
                new UserMatters(policy, person.get(), mail, house.disk(), house.clock(), about)
                        .log()
                        .say(Host.LogLevel.ERROR, text);
            }
        } catch (MailException failed) {
            about.warn("sieve.log", "a line could not be written to the user's log: " + text, "cause", failed);
        }
    }
}
