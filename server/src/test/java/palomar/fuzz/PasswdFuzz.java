package palomar.fuzz;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import palomar.auth.UserQuery;
import palomar.auth.Variables;
import palomar.auth.passwdfile.PasswdLine;
import palomar.auth.passwdfile.PasswdTable;
import palomar.password.HashSettings;
import palomar.password.PasswordSettings;
import palomar.password.Passwords;

/// Whatever stands in a passwd-file: each user that is listed is found under his own name, stored passwords and
/// variables are read or refused, and nothing throws.
public final class PasswdFuzz {
    /// Worth mutating.
    static final List<String> SEEDS = List.of(
            "# users\njoe:{PLAIN}x:1:2:g:/home:sh:userdb_home=/m/%d/%n nologin\r\nann\njoe:again\n:odd\n",
            "a:{SHA256.HEX}7fb44446e5a139b3b7a07722161b693429c6843d053412fb0b21370242b8bdb0\nb:x[13]\nc:y[34]::::::a=%{user|lower}",
            "a:{SSHA.B64}FoPgv0xe9tgHOz3JCVmVqy6TZ3T5yEov\n\nb:{ARGON2ID}$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$AAAAAAA\n",
            "a:{PBKDF2}$1$salt$4096$4b007901b765489abead49d926f721d065a429c1:::::::x=%Lu%%\nb:$6$rounds=99999$s$x\n");

    private static final Passwords PASSWORDS = new Passwords(
            new PasswordSettings(true, 1, 1_024, Duration.ofSeconds(10), HashSettings.DEFAULT), new SecureRandom());
    private static final byte[] PASSWORD = "x".getBytes(StandardCharsets.US_ASCII);

    private PasswdFuzz() {}

    public static void fuzz(byte[] input) {
        PasswdTable table = PasswdTable.of(input);
        Set<String> names = new HashSet<>();
        table.forEachUser(names::add);
        if (names.size() > table.users()) {
            throw new AssertionError(names.size() + " names of " + table.users() + " users");
        }
        for (String name : names) {
            if (name.indexOf('\ufffd') < 0) { // octets that are not UTF-8 can't be asked for
                PasswdLine line = table.find(name).orElseThrow(() -> new AssertionError("lost: " + name));
                line(name, line);
            }
        }
    }

    private static void line(String name, PasswdLine line) {
        if (!line.user().equals(name)) {
            throw new AssertionError(name + " found " + line.user());
        }
        if (!PASSWORDS.costly(line.password(), "CRYPT")) {
            PASSWORDS.verify(PASSWORD, line.password(), "CRYPT");
        }
        for (String value : line.extra().values()) {
            try {
                Variables.of(value).fill(new UserQuery(name, "imap"));
            } catch (IllegalArgumentException e) {
                // refused, with a text for the operator
            }
        }
    }
}
