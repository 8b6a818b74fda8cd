package palomar.managesieve;

import java.time.Duration;
import palomar.managesieve.proto.Limits;
import palomar.sasl.Mechanisms;

/// What an operator may set for ManageSieve.
///
/// @param implementation the value of the capability IMPLEMENTATION
/// @param plaintext may passwords be sent without TLS, from elsewhere than loopback?
/// @param mechanisms that AUTHENTICATE offers
/// @param beforeLogin how long a stranger may wait before he says something
/// @param betweenCommands how long a user may say nothing; at least 30 minutes, RFC 5804 1.2
/// @param mostLoginFailures wrong passwords in one connection, then it ends
/// @param mostSessionsPerUser at once, of one user
/// @param unauthenticate offer UNAUTHENTICATE, RFC 5804 2.14.1
/// @param strangers limits of what is read before login
/// @param users and after it
public record ManageSieveSettings(
        String implementation,
        boolean plaintext,
        Mechanisms mechanisms,
        Duration beforeLogin,
        Duration betweenCommands,
        int mostLoginFailures,
        int mostSessionsPerUser,
        boolean unauthenticate,
        Limits strangers,
        Limits users) {
    public static final ManageSieveSettings DEFAULTS = new ManageSieveSettings(
            "Palomar",
            false,
            Mechanisms.STANDARD,
            Duration.ofSeconds(60),
            Duration.ofMinutes(30),
            5,
            100,
            true,
            Limits.BEFORE_LOGIN,
            Limits.AFTER_LOGIN);

    public ManageSieveSettings {
        if (mostLoginFailures < 1 || mostSessionsPerUser < 1) {
            throw new IllegalArgumentException("nobody could log in");
        }
    }
}
