package palomar.auth;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import palomar.event.Event;
import palomar.password.ScramHash;
import palomar.password.ScramKeys;
import palomar.password.Verdict;
import palomar.sasl.Proof;

/// Walks the passdbs of a chain by Dovecot's rules. Safe for many threads; each login is one [Walk] on its own.
final class PassChain {
    /// Fields that restrict or redirect a login in ways that this server does not know: to ignore them would let
    /// somebody in whom the database wants to keep out.
    private static final Set<String> UNKNOWN_RESTRICTIONS = Set.of(
            "proxy",
            "proxy_maybe",
            "allow_real_nets",
            "check_client_fp",
            "check_client_cert_fp",
            "check_client_pubkey_fp",
            "delay_until",
            "master");

    private final List<PassStep> steps;
    private final StoredCheck check;
    private final Event events;

    PassChain(List<PassStep> steps, StoredCheck check, Event events) {
        this.steps = steps;
        this.check = check;
        this.events = events;
    }

    /// Checks a password. Costs the same whether the user exists or not.
    PassOutcome enter(UserQuery query, byte[] password) {
        Walk walk = new Walk(query, password, Optional.empty());
        PassOutcome outcome = walk.run();
        if (!walk.compared && !(outcome instanceof PassOutcome.Entered)) {
            decoy(password);
        }
        return outcome;
    }

    /// Checks a proof that the client knows the password.
    PassOutcome enter(UserQuery query, Proof proof) {
        return new Walk(query, new byte[0], Optional.of(proof)).run();
    }

    /// The SCRAM keys that the first database which knows the user has of him.
    Optional<ScramKeys> keys(UserQuery query, ScramHash hash) {
        for (PassStep step : steps) {
            if (!step.deny()
                    && !step.skippedIn(false)
                    && step.database().find(query) instanceof PassAnswer.Stored stored) {
                return StoredSecrets.keys(stored, hash);
            }
        }
        return Optional.empty();
    }

    /// The hashes for which every user of every database has keys.
    Set<ScramHash> scram() {
        Set<ScramHash> all = EnumSet.allOf(ScramHash.class);
        boolean some = false;
        for (PassStep step : steps) {
            if (!step.deny()) {
                all.retainAll(step.database().scram());
                some = true;
            }
        }
        return some ? all : Set.of();
    }

    /// Costs what a real comparison costs.
    void decoy(byte[] password) {
        check.decoy(password);
    }

    /// True when some passdb knows the user. Empty: it can't be told now.
    Optional<Boolean> exists(UserQuery query) {
        boolean unsure = false;
        for (PassStep step : steps) {
            if (step.deny()) {
                continue;
            }
            switch (step.database().find(query)) {
                case PassAnswer.Stored stored -> {
                    return Optional.of(true);
                }
                case PassAnswer.Accepted accepted -> {
                    return Optional.of(true);
                }
                case PassAnswer.Locked locked -> {
                    return Optional.of(true);
                }
                case PassAnswer.Unknown unknown -> {}
                case PassAnswer.Mismatch mismatch -> {}
                case PassAnswer.NeedsPassword needs -> {}
                case PassAnswer.Unavailable(String reason, @Nullable Throwable cause) -> {
                    unsure = true;
                    report(step, query, reason, cause);
                }
            }
        }
        return unsure ? Optional.empty() : Optional.of(false);
    }

    /// Databases hold any text; a protocol's line takes printable ASCII.
    private static PassOutcome locked(String text) {
        StringBuilder line = new StringBuilder();
        text.chars().limit(200).forEach(c -> line.append(c >= ' ' && c < 0x7f ? (char) c : '?'));
        return new PassOutcome.Locked(line.toString());
    }

    private void report(PassStep step, UserQuery query, String reason, @Nullable Throwable cause) {
        String database = step.database().name();
        events.error("auth.passdb-unavailable", reason, cause, "database", database, "user", query.user());
    }

    /// What one database brought, after its password was compared and its fields were looked at.
    private enum Result {
        OK,
        FAILED,
        INTERNAL
    }

    /// One login on its way through the chain. One thread.
    private final class Walk {
        private final byte[] password;
        private final Optional<Proof> proof;
        private final Fields fields = new Fields();
        private UserQuery query;
        private String reason = "no passdb was asked";
        private boolean state;
        private boolean verified;
        private boolean internal;
        private boolean compared;

        Walk(UserQuery query, byte[] password, Optional<Proof> proof) {
            this.query = query;
            this.password = password;
            this.proof = proof;
        }

        PassOutcome run() {
            for (PassStep step : steps) {
                if (step.skippedIn(state)) {
                    continue;
                }
                PassAnswer answer = verified || proof.isPresent()
                        ? step.database().find(query)
                        : step.database().verify(query, password);
                if (answer instanceof PassAnswer.Locked(String text) && !step.deny()) {
                    return locked(text);
                }
                Optional<PassOutcome> denied = step.deny() ? denied(step, answer) : Optional.empty();
                if (denied.isPresent()) {
                    return denied.get();
                }
                if (step.deny()) {
                    continue;
                }
                Rule rule = rule(step.rules(), take(step, answer));
                state = rule.state(state);
                if (rule.ends()) {
                    break;
                }
            }
            return outcome();
        }

        /// Found in a deny database is the end; to be away is too, because nobody knows whom it would have
        /// stopped.
        private Optional<PassOutcome> denied(PassStep step, PassAnswer answer) {
            return switch (answer) {
                case PassAnswer.Unknown unknown -> Optional.empty();
                case PassAnswer.Unavailable(String why, @Nullable Throwable cause) -> {
                    report(step, query, why, cause);
                    yield Optional.of(
                            new PassOutcome.Unavailable(step.database().name() + ": " + why));
                }
                case PassAnswer.Mismatch mismatch -> Optional.of(listed(step));
                case PassAnswer.Accepted accepted -> Optional.of(listed(step));
                case PassAnswer.Stored stored -> Optional.of(listed(step));
                case PassAnswer.Locked locked -> Optional.of(listed(step));
                case PassAnswer.NeedsPassword needs -> Optional.of(listed(step));
            };
        }

        private PassOutcome listed(PassStep step) {
            return new PassOutcome.Denied(
                    "listed in the deny database " + step.database().name(), true);
        }

        private Rule rule(ResultRules rules, Result result) {
            return switch (result) {
                case OK -> rules.success();
                case FAILED -> rules.failure();
                case INTERNAL -> rules.internalFailure();
            };
        }

        private Result take(PassStep step, PassAnswer answer) {
            String database = step.database().name();
            return switch (answer) {
                case PassAnswer.Unknown unknown -> failed(database + ": unknown user");
                case PassAnswer.Mismatch mismatch -> {
                    compared = true;
                    yield failed(database + ": wrong password");
                }
                case PassAnswer.Accepted(var more) -> {
                    if (!verified && proof.isPresent()) {
                        yield failed(database + ": compares passwords by itself");
                    }
                    compared = true;
                    yield accept(step, more);
                }
                case PassAnswer.Stored stored -> compare(step, stored);
                case PassAnswer.Locked locked -> failed(database + ": locked");
                case PassAnswer.NeedsPassword needs -> failed(database + ": knows no user without his password");
                case PassAnswer.Unavailable(String why, @Nullable Throwable cause) -> internal(step, why, cause);
            };
        }

        private Result compare(PassStep step, PassAnswer.Stored stored) {
            Fields own = new Fields();
            own.putAll(stored.fields());
            own.putAll(step.fields(), query);
            if (verified || own.flag("nopassword") && proof.isEmpty()) {
                return accept(step, stored.fields());
            }
            if (stored.password().length == 0) {
                return failed(step.database().name() + ": no password is stored");
            }
            Verdict verdict = proof.isPresent() ? check.verify(proof.get(), stored) : check.verify(password, stored);
            compared = true;
            if (proof.isPresent() && verdict == Verdict.UNAVAILABLE) {
                return failed(step.database().name() + ": stores nothing that this mechanism can use");
            }
            return switch (verdict) {
                case MATCH -> accept(step, stored.fields());
                case MISMATCH -> mismatch(step, own);
                case MALFORMED, UNKNOWN_SCHEME, WEAK, UNAVAILABLE, BUSY -> internal(step, verdict.text(), null);
            };
        }

        /// A wrong password's `nodelay` counts, and nothing else of its fields.
        private Result mismatch(PassStep step, Fields own) {
            if (own.flag("nodelay")) {
                fields.put("nodelay", "yes");
            }
            return failed(step.database().name() + ": wrong password");
        }

        /// The password is right; now what the database says beside it.
        private Result accept(PassStep step, Map<String, String> more) {
            Fields own = new Fields();
            own.putAll(more);
            own.putAll(step.fields(), query);
            own.remove("nopassword"); // says something of this database only
            own.remove("password");
            for (ScramHash hash : ScramHash.values()) {
                own.remove(StoredSecrets.field(hash));
            }
            for (String restriction : UNKNOWN_RESTRICTIONS) {
                if (own.has(restriction)) {
                    return internal(step, "the field '" + restriction + "' is not supported by this server", null);
                }
            }
            if (own.flag("fail")) {
                return failed(step.database().name() + ": the field 'fail' is set");
            }
            if (own.has("allow_nets") && query.remote().isPresent()) {
                Result networks = networks(step, own.get("allow_nets", ""));
                if (networks != Result.OK) {
                    return networks;
                }
            }
            String renamed = own.get("user", query.user());
            if (!UserNames.harmless(renamed)) {
                return internal(step, "the field 'user' renames to what can't be a user name", null);
            }
            own.remove("user");
            fields.putAll(own.all());
            query = query.withUser(renamed);
            verified = true;
            return Result.OK;
        }

        private Result networks(PassStep step, String list) {
            try {
                boolean inside =
                        AllowedNetworks.parse(list).contains(query.remote().orElseThrow());
                return inside ? Result.OK : failed(step.database().name() + ": allow_nets does not have this address");
            } catch (IllegalArgumentException e) {
                return internal(step, "allow_nets: " + e.getMessage(), null);
            }
        }

        private Result failed(String why) {
            reason = why;
            return Result.FAILED;
        }

        private Result internal(PassStep step, String why, @Nullable Throwable cause) {
            report(step, query, why, cause);
            internal = true;
            reason = step.database().name() + ": " + why;
            return Result.INTERNAL;
        }

        private PassOutcome outcome() {
            if (!state) {
                return internal
                        ? new PassOutcome.Unavailable(reason)
                        : new PassOutcome.Denied(reason, !fields.flag("nodelay"));
            }
            if (fields.flag("nologin")) {
                return locked(fields.get("reason", "Login is not allowed for this account"));
            }
            return new PassOutcome.Entered(query.user(), fields);
        }
    }
}
