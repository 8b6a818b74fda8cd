package palomar.auth;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import palomar.sasl.Mechanism;
import palomar.sasl.Step;
import palomar.sasl.StrictBase64;

/// One AUTHENTICATE or AUTH exchange: joins a mechanism, the base64 lines of the protocol and the door.
///
/// The session sends what [Ask] holds and feeds each line of the client, without its line end, to [#line],
/// until the turn is something else. Used once, on the session's thread; blocks while the door checks. Wipes
/// what it decoded.
public final class SaslLogin {
    /// The longest line of base64 taken. RFC 4954 4
    public static final int MAX_LINE = 12_288;

    /// What the session does next.
    public sealed interface Turn permits Ask, Finished, Malformed, Cancelled {}

    /// Send this as a continuation and feed the client's next line; may be empty.
    public record Ask(String base64) implements Turn {}

    /// The door has answered.
    public record Finished(AuthResult result) implements Turn {}

    /// The client spoke wrong: BAD, 501 or -ERR with this text.
    public record Malformed(String textForClient) implements Turn {}

    /// The client gave up with `*`. RFC 9051 6.2.2
    public record Cancelled() implements Turn {}

    private final Mechanism mechanism;
    private final Authenticator door;
    private final ClientAddress client;

    public SaslLogin(Mechanism mechanism, Authenticator door, ClientAddress client) {
        this.mechanism = mechanism;
        this.door = door;
        this.client = client;
    }

    /// The first turn when the client sent no initial response.
    public Turn start() {
        return turn(mechanism.start());
    }

    /// The first turn when he sent one: base64, or `=` for an empty one. RFC 4959 3
    public Turn start(byte[] initialResponse) {
        boolean empty = initialResponse.length == 1 && initialResponse[0] == '=';
        return line(empty ? new byte[0] : initialResponse);
    }

    /// The client's next line.
    public Turn line(byte[] line) {
        if (line.length == 1 && line[0] == '*') {
            return new Cancelled();
        }
        if (line.length > MAX_LINE) {
            return new Malformed("response is too long");
        }
        Optional<byte[]> decoded = StrictBase64.decode(line);
        if (decoded.isEmpty()) {
            return new Malformed("response is not base64");
        }
        byte[] response = decoded.get();
        try {
            return turn(mechanism.answer(response));
        } finally {
            Arrays.fill(response, (byte) 0);
        }
    }

    private Turn turn(Step step) {
        return switch (step) {
            case Step.Challenge(byte[] data) -> new Ask(Base64.getEncoder().encodeToString(data));
            case Step.Failed(String text) -> new Malformed(text);
            case Step.PasswordGiven given -> new Finished(check(given));
        };
    }

    private AuthResult check(Step.PasswordGiven given) {
        try {
            return door.authenticate(client.request(given.authcid(), given.authzid(), given.password()));
        } finally {
            Arrays.fill(given.password(), (byte) 0);
        }
    }
}
