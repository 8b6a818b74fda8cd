package palomar.delivery;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import palomar.auth.AuthRequest;
import palomar.auth.AuthResult;
import palomar.auth.Authenticator;
import palomar.auth.UserRecord;
import palomar.mail.MailError;
import palomar.mail.MailException;

/// A userdb of a few names; asking for `away` finds the database gone.
public record KnownUsers(Set<String> names) implements Authenticator {
    @Override
    public AuthResult authenticate(AuthRequest request) {
        return new AuthResult.Denied("deliveries need no password");
    }

    @Override
    public Optional<UserRecord> lookup(String service, String user) {
        if (user.equals("away")) {
            throw new MailException(MailError.UNAVAILABLE, "the user database is away");
        }
        return names.contains(user) ? Optional.of(new UserRecord(user, Map.of())) : Optional.empty();
    }
}
