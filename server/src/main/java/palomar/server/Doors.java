package palomar.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import palomar.auth.AuthSettings;
import palomar.auth.AuthSurroundings;
import palomar.auth.Authenticator;
import palomar.auth.ChainAuthenticator;
import palomar.auth.Chains;
import palomar.auth.PassDb;
import palomar.auth.PassStep;
import palomar.auth.ResultRules;
import palomar.auth.Rule;
import palomar.auth.Sleeper;
import palomar.auth.UserDb;
import palomar.auth.UserNames;
import palomar.auth.UserStep;
import palomar.auth.fixed.DemoAuthenticator;
import palomar.auth.fixed.StaticPassDb;
import palomar.auth.fixed.StaticUserDb;
import palomar.auth.passwdfile.PasswdFile;
import palomar.auth.passwdfile.PasswdFilePassDb;
import palomar.auth.passwdfile.PasswdFileSettings;
import palomar.auth.passwdfile.PasswdFileUserDb;
import palomar.config.AuthSection;
import palomar.config.PalomarSettings;
import palomar.config.PassDbSettings;
import palomar.config.UserDbSettings;
import palomar.event.Event;
import palomar.password.PasswordSettings;
import palomar.password.Passwords;

/// Makes the door that a plan asks for. Used by one thread at a time.
final class Doors implements AutoCloseable {
    private final AuthSurroundings around;
    private final SecureRandom random = new SecureRandom();
    private final List<Passwords> inUse = new ArrayList<>();
    private final Map<PasswdFileSettings, PasswdFile> files = new HashMap<>();

    Doors(InstantSource clock, Event event) {
        this.around = new AuthSurroundings(clock, Sleeper.THREAD, random, event);
    }

    /// Throws IOException, fit for the operator, when the databases can't be what the settings say.
    Authenticator open(Plan plan) throws IOException {
        if (plan.demo()) {
            return new DemoAuthenticator();
        }
        AuthSection auth = plan.settings().auth();
        Passwords passwords = passwords(auth);
        AuthSurroundings keyed =
                around.withSaltKey(saltKey(plan.settings().server().data()));
        return new ChainAuthenticator(chains(plan.settings()), settings(auth), passwords, keyed);
    }

    /// Who may not read the key (a program that delivers as another user) lets nobody in and needs none.
    private byte[] saltKey(Path data) {
        try {
            return Files.isDirectory(data) ? SaltKey.of(data, random) : around.saltKey();
        } catch (IOException e) {
            around.events().debug("auth.salt-key", "made up salts will be others after a restart: " + e);
            return around.saltKey();
        }
    }

    /// The door after a reload; who behaved badly is remembered.
    Authenticator reopen(Plan plan, Authenticator before) throws IOException {
        if (!(before instanceof ChainAuthenticator chain)) {
            return before;
        }
        AuthSection auth = plan.settings().auth();
        Chains chains = chains(plan.settings());
        return chain.reloaded(chains, settings(auth), passwords(auth));
    }

    private Passwords passwords(AuthSection auth) {
        PasswordSettings settings = PasswordSettings.defaults().withWeakAllowed(auth.allowWeakSchemes());
        if (inUse.size() > 1) {
            inUse.removeFirst().close(); // two reloads ago: nobody waits for it any more
        }
        Passwords passwords = new Passwords(settings, random);
        inUse.add(passwords);
        return passwords;
    }

    private Chains chains(PalomarSettings settings) throws IOException {
        AuthSection auth = settings.auth();
        try {
            if (auth.passdb().isEmpty()) {
                PasswdFile users = file(new PasswdFileSettings(UsersFile.of(settings)));
                return new Chains(
                        List.of(new PassStep(new PasswdFilePassDb(users))),
                        List.of(new UserStep(new PasswdFileUserDb(users))));
            }
            List<PassStep> passwords = new ArrayList<>();
            for (PassDbSettings one : auth.passdb()) {
                passwords.add(passStep(one));
            }
            List<UserStep> users = new ArrayList<>();
            for (UserDbSettings one : auth.userdb()) {
                users.add(userStep(one));
            }
            return new Chains(passwords, users);
        } catch (IllegalArgumentException wrong) {
            throw new IOException("[auth] " + wrong.getMessage(), wrong);
        }
    }

    private PassStep passStep(PassDbSettings one) {
        PassDb database = switch (one.driver()) {
            case PASSWD_FILE ->
                new PasswdFilePassDb(
                        file(new PasswdFileSettings(one.path().orElseThrow(), one.defaultScheme(), one.userFormat())));
            case STATIC -> new StaticPassDb(one.password().orElseThrow(), Map.of());
        };
        PassStep.Skip skip = switch (one.skip()) {
            case NEVER -> PassStep.Skip.NEVER;
            case AUTHENTICATED -> PassStep.Skip.AUTHENTICATED;
            case UNAUTHENTICATED -> PassStep.Skip.UNAUTHENTICATED;
        };
        return new PassStep(
                database,
                rules(one.resultSuccess(), one.resultFailure(), one.resultInternalFailure()),
                skip,
                one.deny(),
                one.fields());
    }

    private UserStep userStep(UserDbSettings one) {
        UserDb database = switch (one.driver()) {
            case PASSWD_FILE ->
                new PasswdFileUserDb(file(new PasswdFileSettings(one.path().orElseThrow(), "CRYPT", one.userFormat())));
            case STATIC -> new StaticUserDb(Map.of(), one.allowAllUsers());
        };
        UserStep.Skip skip = switch (one.skip()) {
            case NEVER -> UserStep.Skip.NEVER;
            case FOUND -> UserStep.Skip.FOUND;
            case NOTFOUND -> UserStep.Skip.NOTFOUND;
        };
        return new UserStep(
                database,
                rules(one.resultSuccess(), one.resultFailure(), one.resultInternalFailure()),
                skip,
                one.fields());
    }

    /// One copy in memory of each file, over databases and reloads.
    private PasswdFile file(PasswdFileSettings settings) {
        return files.computeIfAbsent(settings, s -> new PasswdFile(s, around.clock(), around.events()));
    }

    private static ResultRules rules(AuthSection.Rule success, AuthSection.Rule failure, AuthSection.Rule internal) {
        return new ResultRules(rule(success), rule(failure), rule(internal));
    }

    private static Rule rule(AuthSection.Rule rule) {
        return switch (rule) {
            case RETURN_OK -> Rule.RETURN_OK;
            case RETURN -> Rule.RETURN;
            case RETURN_FAIL -> Rule.RETURN_FAIL;
            case CONTINUE -> Rule.CONTINUE;
            case CONTINUE_OK -> Rule.CONTINUE_OK;
            case CONTINUE_FAIL -> Rule.CONTINUE_FAIL;
        };
    }

    private static AuthSettings settings(AuthSection auth) {
        return AuthSettings.DEFAULT
                .withNames(new UserNames(auth.lowercase(), auth.nameCharacters(), auth.defaultRealm()))
                .withDelays(auth.failureDelay(), auth.maxFailureDelay())
                .withTrusted(NetSettings.networks(auth.trusted()))
                .withCache(auth.cacheTtl(), auth.cacheEntries());
    }

    @Override
    public void close() {
        inUse.forEach(Passwords::close);
    }
}
