package palomar.auth.fixed;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import palomar.auth.AuthRequest;
import palomar.auth.AuthResult;
import palomar.auth.Authenticator;
import palomar.auth.ClientAddress;
import palomar.auth.InventedSalts;
import palomar.auth.ScramSalt;
import palomar.auth.UserRecord;
import palomar.password.ScramHash;
import palomar.password.ScramKeys;
import palomar.sasl.PasswordProof;
import palomar.sasl.Proof;
import palomar.sasl.ScramProof;

/// The door of `palomar serve --demo`: every name of `[a-z0-9._-]+` exists and has the password `demo`.
///
/// Upper case is folded, and a domain is cut off, so that any address at any domain reaches its mailbox. No
/// delays: a demo listens on loopback only. Safe for many threads.
public final class DemoAuthenticator implements Authenticator {
    private static final byte[] PASSWORD = "demo".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_NAME = 64;

    /// There is nothing to hide.
    private static final InventedSalts SALTS = new InventedSalts(PASSWORD, 4_096);

    @Override
    public AuthResult authenticate(AuthRequest request) {
        Optional<String> user = user(request.authcid());
        boolean right = request.proof()
                .map(DemoAuthenticator::right)
                .orElseGet(() -> MessageDigest.isEqual(PASSWORD, request.password()));
        if (user.isEmpty() || !right) {
            return new AuthResult.Denied("demo users are [a-z0-9._-]+ with the password 'demo'");
        }
        if (!user(request.authzid()).equals(user)) {
            return new AuthResult.Denied("no master users in the demo");
        }
        return new AuthResult.Success(new UserRecord(user.get(), Map.of()));
    }

    private static boolean right(Proof proof) {
        return switch (proof) {
            case ScramProof scram ->
                scram.madeWith(ScramKeys.of(scram.hash(), PASSWORD, scram.salt(), scram.iterations()));
            case PasswordProof other -> other.madeWith(PASSWORD);
        };
    }

    @Override
    public Set<ScramHash> scram() {
        return EnumSet.allOf(ScramHash.class);
    }

    @Override
    public ScramSalt salt(ScramHash hash, ClientAddress client, String authcid) {
        return SALTS.of(hash, authcid);
    }

    @Override
    public Optional<UserRecord> lookup(String service, String user) {
        return user(user).map(name -> new UserRecord(name, Map.of()));
    }

    @Override
    public Optional<String> spelling(String user) {
        return user(user);
    }

    private static Optional<String> user(String given) {
        int at = given.indexOf('@');
        String name = (at < 0 ? given : given.substring(0, at)).toLowerCase(Locale.ROOT);
        boolean plain = !name.isEmpty()
                && name.length() <= MAX_NAME
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().allMatch(DemoAuthenticator::allowed);
        return plain ? Optional.of(name) : Optional.empty();
    }

    private static boolean allowed(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
    }
}
