package palomar.auth;

import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import palomar.event.Event;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.password.Passwords;
import palomar.password.ScramHash;

/// The door of a real server: names, penalties, the passdb chain, delays, the userdb chain.
///
/// A failed login is answered a fixed time after it was asked, so that the time says nothing of what failed,
/// and each failure makes the next attempt from that address wait. A user whose very password was right
/// lately does not wait: whoever attacks from his network can't lock him out. Safe for many threads.
public final class ChainAuthenticator implements Authenticator {
    private final AuthSettings settings;
    private final Chains chains;
    private final AuthSurroundings around;
    private final Penalties penalties;
    private final SecretMarks regulars;
    private final PassChain passChain;
    private final UserChain userChain;
    private final InventedSalts invented;

    public ChainAuthenticator(Chains chains, AuthSettings settings, Passwords passwords, AuthSurroundings around) {
        this(chains, settings, passwords, around, new Penalties(around.clock()));
    }

    private ChainAuthenticator(
            Chains chains, AuthSettings settings, Passwords passwords, AuthSurroundings around, Penalties penalties) {
        this.settings = settings;
        this.chains = chains;
        this.around = around;
        this.penalties = penalties;
        this.regulars = marks(settings, around);
        StoredCheck check = new StoredCheck(passwords, marks(settings, around), passwords.decoy());
        this.passChain = new PassChain(chains.passwords(), check, around.events());
        this.userChain = new UserChain(chains.users(), around.events());
        this.invented = new InventedSalts(around.saltKey(), passwords.scramIterations());
    }

    /// The door after a reload: other databases and settings, the same memory of who behaved badly.
    public ChainAuthenticator reloaded(Chains others, AuthSettings other, Passwords hashes) {
        return new ChainAuthenticator(others, other, hashes, around, penalties);
    }

    @Override
    public AuthResult authenticate(AuthRequest request) {
        Instant asked = around.clock().instant();
        // Nobody can tell whether two proofs are of one password: each is a guess of its own.
        long guess = request.proof().isPresent()
                ? around.random().nextLong()
                : regulars.tag(utf8(request.authcid()), request.password());
        try {
            if (!regular(request)) {
                around.sleeper().sleep(penalties.delay(request.remote(), settings));
                asked = around.clock().instant();
            }
            Attempt attempt = attempt(request);
            boolean password = request.proof().isEmpty();
            switch (attempt.result) {
                case AuthResult.Success success -> {
                    penalties.succeeded(request.remote(), settings);
                    if (password) {
                        regulars.remember(utf8(request.authcid()), request.password());
                    }
                }
                case AuthResult.Denied denied -> {
                    penalties.failed(request.remote(), guess, settings);
                    if (attempt.delayed) {
                        holdBack(asked);
                    }
                }
                case AuthResult.Refused refused -> {}
                case AuthResult.Unavailable unavailable -> {}
            }
            log(request, attempt.result);
            return attempt.result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new AuthResult.Unavailable("the server is stopping");
        }
    }

    @Override
    public Set<ScramHash> scram() {
        return passChain.scram();
    }

    @Override
    public ScramSalt salt(ScramHash hash, ClientAddress client, String authcid) {
        Optional<String> name = settings.names().normalise(authcid);
        if (name.isEmpty()) {
            return invented.of(hash, authcid);
        }
        UserQuery query = new UserQuery(name.get(), client.service(), Optional.of(client.remote()));
        return passChain
                .keys(query, hash)
                .map(keys -> new ScramSalt(keys.salt(), keys.iterations()))
                .orElseGet(() -> invented.of(hash, name.get()));
    }

    @Override
    public Optional<UserRecord> lookup(String service, String user) {
        Optional<String> name = settings.names().normalise(user);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        UserQuery query = new UserQuery(name.get(), service);
        return switch (userChain.find(query, Map.of())) {
            case UserOutcome.Unknown unknown -> Optional.empty();
            case UserOutcome.Found(UserRecord found, boolean assumed) ->
                !assumed || exists(query) ? Optional.of(found) : Optional.empty();
            case UserOutcome.Unavailable unavailable -> throw away();
        };
    }

    @Override
    public Optional<String> spelling(String user) {
        return settings.names().normalise(user);
    }

    /// Names every user that the userdbs can name; one that stands in two databases is named twice.
    ///
    /// Throws MailException UNAVAILABLE when one can't be read
    public void forEachUser(Consumer<String> names) {
        chains.users().forEach(step -> step.database().forEachUser(names));
    }

    private record Attempt(AuthResult result, boolean delayed) {
        static Attempt denied(String reason) {
            return new Attempt(new AuthResult.Denied(reason), true);
        }
    }

    private Attempt attempt(AuthRequest request) {
        Optional<String> name = settings.names().normalise(request.authcid());
        boolean empty = request.proof().isEmpty() && request.password().length == 0;
        if (name.isEmpty() || empty) {
            passChain.decoy(request.password());
            return Attempt.denied(name.isEmpty() ? "not a possible user name" : "empty password");
        }
        UserQuery query = new UserQuery(name.get(), request.service(), Optional.of(request.remote()));
        PassOutcome outcome = request.proof().isPresent()
                ? passChain.enter(query, request.proof().get())
                : passChain.enter(query, request.password());
        return switch (outcome) {
            case PassOutcome.Denied(String reason, boolean delayed) ->
                new Attempt(new AuthResult.Denied(reason), delayed);
            case PassOutcome.Locked(String text) -> new Attempt(new AuthResult.Refused(text), false);
            case PassOutcome.Unavailable(String reason) -> new Attempt(new AuthResult.Unavailable(reason), false);
            case PassOutcome.Entered(String user, Fields fields) ->
                mayActAs(request, name.get())
                        ? new Attempt(user(query.withUser(user), fields), false)
                        : Attempt.denied("may not act for another user");
        };
    }

    /// Only for himself. Master users will be decided here, after the password was found right.
    private boolean mayActAs(AuthRequest request, String authcid) {
        return settings.names().normalise(request.authzid()).equals(Optional.of(authcid));
    }

    private AuthResult user(UserQuery query, Fields fields) {
        Map<String, String> prefetched = fields.prefetched();
        if (userChain.isEmpty()) {
            return new AuthResult.Success(new UserRecord(query.user(), prefetched));
        }
        return switch (userChain.find(query, prefetched)) {
            case UserOutcome.Found(UserRecord found, boolean assumed) -> new AuthResult.Success(found);
            case UserOutcome.Unavailable(String reason) -> new AuthResult.Unavailable(reason);
            case UserOutcome.Unknown unknown -> {
                String text = "a user that a passdb let in is in no userdb: add him there, or a static userdb";
                around.events().error("auth.userdb-missing", text, null, "user", query.user());
                yield new AuthResult.Unavailable("in no userdb");
            }
        };
    }

    private boolean exists(UserQuery query) {
        return passChain.exists(query).orElseThrow(ChainAuthenticator::away);
    }

    private static MailException away() {
        return new MailException(MailError.UNAVAILABLE, "User database is unavailable, try again later");
    }

    private boolean regular(AuthRequest request) {
        return request.proof().isEmpty() && regulars.knows(utf8(request.authcid()), request.password());
    }

    /// A tenth more or less by chance, so that a stopwatch does not find what the work itself took.
    private void holdBack(Instant asked) throws InterruptedException {
        long millis = settings.failureDelay().toMillis();
        if (millis == 0) {
            return;
        }
        long jitter = around.random().nextLong(millis / 10 + 1);
        Duration gone = Duration.between(asked, around.clock().instant());
        around.sleeper().sleep(Duration.ofMillis(millis + jitter).minus(gone));
    }

    private void log(AuthRequest request, AuthResult result) {
        Event event = around.events();
        SocketAddress remote = request.remote();
        switch (result) {
            case AuthResult.Success success -> {}
            case AuthResult.Denied(String reason) -> say(event, "auth.denied", reason, request, remote);
            case AuthResult.Refused(String text) -> say(event, "auth.refused", text, request, remote);
            case AuthResult.Unavailable(String reason) -> say(event, "auth.unavailable", reason, request, remote);
        }
    }

    private static void say(Event event, String name, String reason, AuthRequest request, SocketAddress remote) {
        event.info(
                name,
                reason,
                "session",
                request.sessionId(),
                "service",
                request.service(),
                "user",
                request.authcid(),
                "peer",
                remote);
    }

    private static SecretMarks marks(AuthSettings settings, AuthSurroundings around) {
        return new SecretMarks(around.random(), around.clock(), settings.cacheTtl(), settings.cacheEntries());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
