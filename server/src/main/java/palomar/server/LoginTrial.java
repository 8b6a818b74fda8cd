package palomar.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Clock;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import palomar.auth.AuthRequest;
import palomar.auth.AuthResult;
import palomar.auth.Authenticator;
import palomar.auth.UserRecord;
import palomar.event.Event;
import palomar.event.LogLevels;
import palomar.password.ScramHash;

/// Tries a login as a server with this configuration would, without a server: for `palomar auth test`.
public final class LoginTrial {
    private LoginTrial() {}

    /// @param service `imap`, `pop3`, `sieve`, `submission`
    /// @param from where the client would be, for `allow_nets`
    /// @param password the caller wipes it
    public static ExitCode run(
            Plan plan,
            Clock clock,
            String service,
            InetSocketAddress from,
            String user,
            byte[] password,
            Consumer<String> out)
            throws IOException {
        LogHouse log = new LogHouse(clock);
        Event event = log.event();
        try (Closings closings = new Closings(event)) {
            closings.add("log", log::close);
            log.levels(LogLevels.all(Event.Level.WARN));
            Doors doors = new Doors(clock, event);
            closings.add("authentication", doors::close);
            Authenticator door = doors.open(plan);
            SocketAddress remote = from;
            AuthResult result =
                    door.authenticate(new AuthRequest(service, user, user, password, remote, true, "auth-test"));
            return told(result, door.scram(), out);
        }
    }

    private static ExitCode told(AuthResult result, Set<ScramHash> scram, Consumer<String> out) {
        return switch (result) {
            case AuthResult.Success(UserRecord record) -> {
                out.accept("user " + record.name());
                new TreeMap<>(record.fields()).forEach((name, value) -> out.accept(name + " " + value));
                out.accept("scram " + (scram.isEmpty() ? "not offered: some users have no keys" : "offered"));
                yield ExitCode.OK;
            }
            case AuthResult.Denied(String reason) -> {
                out.accept("denied: " + reason);
                yield ExitCode.NO_PERMISSION;
            }
            case AuthResult.Refused(String text) -> {
                out.accept("refused: " + text);
                yield ExitCode.NO_PERMISSION;
            }
            case AuthResult.Unavailable(String reason) -> {
                out.accept("unavailable: " + reason);
                yield ExitCode.TEMP_FAIL;
            }
        };
    }
}
