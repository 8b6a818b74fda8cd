package palomar.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// LOGIN: two prompts, obsolete, still what many clients use. No RFC; draft-murchison-sasl-login-00 describes
/// it.
///
/// A client that sends its user name as initial response skips the first prompt.
final class LoginMechanism implements Mechanism {
    private static final byte[] USER_PROMPT = "Username:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PASSWORD_PROMPT = "Password:".getBytes(StandardCharsets.US_ASCII);

    private @Nullable String user;

    @Override
    public String name() {
        return "LOGIN";
    }

    @Override
    public Step start() {
        return new Step.Challenge(USER_PROMPT.clone());
    }

    @Override
    public Step answer(byte[] response) {
        String known = user;
        if (known == null) {
            Optional<String> given = ClientText.name(response, 0, response.length);
            if (given.isEmpty()) {
                return ClientText.BAD_NAME;
            }
            user = given.get();
            return new Step.Challenge(PASSWORD_PROMPT.clone());
        }
        if (response.length > ClientText.MAX_PASSWORD) {
            return new Step.Failed("password is too long");
        }
        for (byte b : response) {
            if (b == 0) {
                return new Step.Failed("a password can't hold NUL");
            }
        }
        return new Step.PasswordGiven(known, known, response.clone());
    }
}
