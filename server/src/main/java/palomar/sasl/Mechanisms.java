package palomar.sasl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The mechanisms that a listener offers, in the order of the configuration. Immutable.
public final class Mechanisms {
    /// Every mechanism that this server has, best first.
    private static final List<Offer> KNOWN =
            List.of(new Offer("PLAIN", true, PlainMechanism::new), new Offer("LOGIN", true, LoginMechanism::new));

    /// PLAIN and LOGIN.
    public static final Mechanisms STANDARD = new Mechanisms(KNOWN);

    private final List<Offer> offers;

    private Mechanisms(List<Offer> offers) {
        this.offers = offers;
    }

    /// The named ones, in any case.
    ///
    /// Throws IllegalArgumentException, fit for the operator, for a name that this server does not have
    public static Mechanisms of(List<String> names) {
        List<Offer> offers = new ArrayList<>(names.size());
        for (String name : names) {
            offers.add(offer(KNOWN, name)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "unknown SASL mechanism '" + name + "'; this server has " + STANDARD.names(true))));
        }
        return new Mechanisms(List.copyOf(offers));
    }

    /// The names to announce.
    ///
    /// @param plaintext whether those that show the password to the line may be offered: under TLS or from
    /// loopback
    public List<String> names(boolean plaintext) {
        return offers.stream()
                .filter(offer -> plaintext || !offer.plaintext)
                .map(Offer::name)
                .toList();
    }

    /// True when this mechanism shows the password to whoever reads the line.
    public boolean plaintext(String name) {
        return offer(offers, name).map(Offer::plaintext).orElse(false);
    }

    /// A fresh exchange; the name in any case. Empty: not offered here.
    public Optional<Mechanism> begin(String name) {
        return offer(offers, name).map(offer -> offer.maker.get());
    }

    private static Optional<Offer> offer(List<Offer> offers, String name) {
        for (Offer offer : offers) {
            if (offer.name.equalsIgnoreCase(name)) {
                return Optional.of(offer);
            }
        }
        return Optional.empty();
    }

    private record Offer(String name, boolean plaintext, Supplier<Mechanism> maker) {}
}
