package palomar.server;

import java.util.Optional;
import java.util.Set;
import palomar.auth.AuthRequest;
import palomar.auth.AuthResult;
import palomar.auth.Authenticator;
import palomar.auth.ClientAddress;
import palomar.auth.ScramSalt;
import palomar.auth.UserRecord;
import palomar.password.ScramHash;

/// The authenticator in force; a reload puts another in its place for the next login. Safe for many threads.
final class CurrentDoor implements Authenticator {
    private volatile Authenticator current;

    CurrentDoor(Authenticator first) {
        current = first;
    }

    Authenticator current() {
        return current;
    }

    void become(Authenticator next) {
        current = next;
    }

    @Override
    public AuthResult authenticate(AuthRequest request) {
        return current.authenticate(request);
    }

    @Override
    public Set<ScramHash> scram() {
        return current.scram();
    }

    @Override
    public ScramSalt salt(ScramHash hash, ClientAddress client, String authcid) {
        return current.salt(hash, client, authcid);
    }

    @Override
    public Optional<String> spelling(String user) {
        return current.spelling(user);
    }

    @Override
    public Optional<UserRecord> lookup(String service, String user) {
        return current.lookup(service, user);
    }
}
