package palomar.password;

import java.security.SecureRandom;
import java.util.Optional;

/// Verifies stored passwords and makes new ones, within the limits of its settings.
///
/// Safe for many threads. Calls block: for costly schemes the caller waits for one of few workers. Close it
/// when the server ends.
public final class Passwords implements AutoCloseable {
    private final PasswordSettings settings;
    private final SecureRandom random;
    private final HashWorkers workers;

    public Passwords(PasswordSettings settings, SecureRandom random) {
        this.settings = settings;
        this.random = random;
        this.workers = new HashWorkers(settings.threads(), (int) settings.memoryKib(), settings.patience());
    }

    /// Compares what a client sent with what a database holds.
    ///
    /// @param password the octets sent; not changed
    /// @param stored `{SCHEME}data`, or data of the default scheme
    /// @param defaultScheme a name of [Schemes#names]
    public Verdict verify(byte[] password, byte[] stored, String defaultScheme) {
        return switch (Schemes.parse(stored, Schemes.require(defaultScheme))) {
            case Parsed.Unusable(Verdict why) -> why;
            case Parsed.Known(Scheme scheme, byte[] data) -> verify(password, scheme, data);
        };
    }

    /// True when verifying takes more than some microseconds of a core, so that remembering the verdict pays.
    public boolean costly(byte[] stored, String defaultScheme) {
        return Schemes.parse(stored, Schemes.require(defaultScheme)) instanceof Parsed.Known(Scheme scheme, byte[] data)
                && scheme.work(data).slow();
    }

    /// A new stored password, with its scheme in braces, as the settings say.
    ///
    /// Throws IllegalArgumentException, fit for the operator, when it can't be stored so or too much waits
    /// already
    public String hash(byte[] password) {
        return hash(password, settings.hashes());
    }

    /// The same with other settings than the server's.
    public String hash(byte[] password, HashSettings hashes) {
        Scheme scheme = Schemes.require(hashes.scheme());
        long kib = scheme instanceof Argon2Scheme ? hashes.argon2MemoryKib() : 0;
        if (!workers.fits(kib)) {
            throw new IllegalArgumentException(
                    "a hash of " + kib + " KiB is more than all may use together (" + settings.memoryKib() + " KiB)");
        }
        Optional<Made> made = workers.run(kib, () -> make(scheme, password, hashes));
        return switch (made.orElseThrow(() -> new IllegalArgumentException(Verdict.BUSY.text()))) {
            case Made.Data(byte[] data) -> Schemes.print(scheme, data);
            case Made.Refused(IllegalArgumentException why) -> throw why;
        };
    }

    /// A stored password that costs what new ones cost to compare, and that nobody has.
    public String decoy() {
        Scheme scheme = Schemes.require(settings.hashes().scheme());
        return Schemes.print(scheme, scheme.decoy(settings.hashes(), random));
    }

    /// SCRAM keys of a password, of the cost that the client was told; empty: too much waits already.
    ///
    /// @param password not empty
    public Optional<ScramKeys> derive(ScramHash hash, byte[] password, byte[] salt, int iterations) {
        return workers.run(0, () -> ScramKeys.of(hash, password, salt, iterations));
    }

    /// New SCRAM keys of a password, as the settings say.
    ///
    /// Throws IllegalArgumentException, fit for the operator, when the password is empty or too much waits already
    public ScramKeys newKeys(ScramHash hash, byte[] password) {
        if (password.length == 0) {
            throw new IllegalArgumentException("an empty password has no SCRAM keys");
        }
        byte[] salt = new byte[ScramScheme.NEW_SALT];
        random.nextBytes(salt);
        return derive(hash, password, salt, scramIterations())
                .orElseThrow(() -> new IllegalArgumentException(Verdict.BUSY.text()));
    }

    /// What new SCRAM keys cost.
    public int scramIterations() {
        return settings.hashes().scramIterations();
    }

    private Verdict verify(byte[] password, Scheme scheme, byte[] data) {
        if (!settings.allowWeak() && scheme.weak(data)) {
            return Verdict.WEAK;
        }
        Scheme.Work work = scheme.work(data);
        if (!work.slow()) {
            return scheme.verify(password, data);
        }
        if (!workers.fits(work.memoryKib())) {
            return Verdict.UNAVAILABLE;
        }
        return workers.run(work.memoryKib(), () -> scheme.verify(password, data))
                .orElse(Verdict.BUSY);
    }

    private Made make(Scheme scheme, byte[] password, HashSettings hashes) {
        try {
            return new Made.Data(scheme.hash(password, hashes, random));
        } catch (IllegalArgumentException e) {
            return new Made.Refused(e);
        }
    }

    @Override
    public void close() {
        workers.close();
    }

    private sealed interface Made {
        record Data(byte[] data) implements Made {}

        record Refused(IllegalArgumentException why) implements Made {}
    }
}
