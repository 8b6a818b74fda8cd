package palomar.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Names of users where no mechanism has brought them.
public final class UserName {
    private UserName() {}

    /// A name prepared as that of a login is; empty when it can't be one. RFC 4013
    public static Optional<String> prepared(String given) {
        byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
        return ClientText.name(bytes, 0, bytes.length);
    }
}
