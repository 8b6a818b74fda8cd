package palomar.sasl;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import palomar.password.ScramHash;

/// The mechanisms that a listener offers. Immutable; safe for many threads.
public final class Mechanisms {
    private static final int NONCE_BYTES = 18;
    private static final SecureRandom RANDOM = new SecureRandom();

    /// Every mechanism that this server has. The oldest stand first: simple clients (Net::ManageSieve) know no
    /// other than the first, those that know better choose by themselves.
    private static final List<Offer> KNOWN = List.of(
            new Offer("PLAIN", true, false, null, (self, channel) -> new PlainMechanism()),
            new Offer("LOGIN", true, false, null, (self, channel) -> new LoginMechanism()),
            scram(ScramHash.SHA_256, true),
            scram(ScramHash.SHA_1, true),
            scram(ScramHash.SHA_256, false),
            scram(ScramHash.SHA_1, false),
            new Offer(
                    "CRAM-MD5",
                    false,
                    false,
                    null,
                    (self, channel) -> new CramMd5Mechanism(self.nonces.get(), "palomar")));

    /// PLAIN and LOGIN, and SCRAM of the hashes for which every user has keys.
    public static final Mechanisms STANDARD = new Mechanisms(
            KNOWN.stream().filter(offer -> !offer.name.equals("CRAM-MD5")).toList(), true, Mechanisms::nonce);

    private final List<Offer> offers;
    private final boolean careful;
    private final Supplier<String> nonces;

    private Mechanisms(List<Offer> offers, boolean careful, Supplier<String> nonces) {
        this.offers = offers;
        this.careful = careful;
        this.nonces = nonces;
    }

    /// The named ones, in any case, in this order, whether every user has keys for them or not.
    ///
    /// Throws IllegalArgumentException, fit for the operator, for a name that this server does not have
    public static Mechanisms of(List<String> names) {
        List<Offer> offers = new ArrayList<>(names.size());
        for (String name : names) {
            offers.add(offer(KNOWN, name)
                    .orElseThrow(
                            () -> new IllegalArgumentException("unknown SASL mechanism '" + name + "'; this server has "
                                    + KNOWN.stream().map(Offer::name).toList())));
        }
        return new Mechanisms(List.copyOf(offers), false, Mechanisms::nonce);
    }

    /// The same with other chance.
    ///
    /// @param chance gives printable ASCII without comma, `<`, `>` and `@`
    public Mechanisms withNonces(Supplier<String> chance) {
        return new Mechanisms(offers, careful, chance);
    }

    /// The names to announce.
    public List<String> names(Channel channel) {
        return offers.stream()
                .filter(offer -> usable(offer, channel) && (channel.plaintext() || !offer.plaintext))
                .map(Offer::name)
                .toList();
    }

    /// The names to announce where nothing but the password itself can be checked.
    ///
    /// @param plaintext whether those that show the password to the line may be offered: under TLS or from
    /// loopback
    public List<String> names(boolean plaintext) {
        return names(passwords(plaintext));
    }

    /// True when this mechanism shows the password to whoever reads the line.
    public boolean plaintext(String name) {
        return offer(offers, name).map(Offer::plaintext).orElse(false);
    }

    /// A fresh exchange; the name in any case. Empty: not offered on such a channel. Whether a password may cross
    /// it is the caller's to ask: [#plaintext].
    public Optional<Mechanism> begin(String name, Channel channel) {
        return offer(offers, name)
                .filter(offer -> usable(offer, channel))
                .map(offer -> offer.maker.make(this, channel));
    }

    /// The same where nothing but the password itself can be checked.
    public Optional<Mechanism> begin(String name) {
        return begin(name, passwords(true));
    }

    private static Channel passwords(boolean plaintext) {
        return new Channel(plaintext, Set.of(), ChannelBinding.NONE);
    }

    private boolean usable(Offer offer, Channel channel) {
        boolean keys = offer.hash == null || !careful || channel.keys().contains(offer.hash);
        return keys && (!offer.binding || channel.binding().available());
    }

    private static Offer scram(ScramHash hash, boolean plus) {
        String name = hash.mechanism() + (plus ? "-PLUS" : "");
        return new Offer(name, false, plus, hash, (self, channel) -> {
            boolean plusOffered = offer(self.offers, hash.mechanism() + "-PLUS")
                    .filter(offer -> self.usable(offer, channel))
                    .isPresent();
            return new ScramMechanism(hash, plus, plusOffered, channel.binding(), self.nonces.get());
        });
    }

    /// 144 bits of chance.
    private static String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static Optional<Offer> offer(List<Offer> offers, String name) {
        for (Offer offer : offers) {
            if (offer.name.equalsIgnoreCase(name)) {
                return Optional.of(offer);
            }
        }
        return Optional.empty();
    }

    private interface Maker {
        Mechanism make(Mechanisms self, Channel channel);
    }

    /// @param binding can it be used with channel binding only?
    /// @param hash of the keys that a user must have for it
    private record Offer(
            String name,
            boolean plaintext,
            boolean binding,
            @Nullable ScramHash hash,
            Maker maker) {}
}
