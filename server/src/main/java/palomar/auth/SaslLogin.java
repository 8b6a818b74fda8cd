package palomar.auth;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import palomar.sasl.Mechanism;
import palomar.sasl.Proof;
import palomar.sasl.Step;
import palomar.sasl.StrictBase64;

/// One AUTHENTICATE or AUTH exchange: joins a mechanism, the base64 lines of the protocol and the door.
///
/// The session sends what [Ask] holds and feeds each line of the client, without its line end, to [#line] (or,
/// where the protocol's reader has decoded it, to [#answer]), until the turn is something else. Used once, on the
/// session's thread; blocks while the door checks. Wipes what it decoded.
public final class SaslLogin {
    /// The longest line of base64 taken. RFC 4954 4
    public static final int MAX_LINE = 12_288;

    /// What the session does next.
    public sealed interface Turn permits Ask, Finished, Malformed, Cancelled {}

    /// Send this as a continuation and feed the client's next line; may be empty.
    public record Ask(String base64) implements Turn {}

    /// The door has answered.
    ///
    /// @param authcid whom the client claimed to be, for logs
    /// @param successData the mechanism's last word, in base64, which goes with the good news where the protocol
    /// can carry it (RFC 5804 2.1); elsewhere it was an [Ask] before this. Empty: there is none
    public record Finished(AuthResult result, String authcid, Optional<String> successData) implements Turn {}

    /// The client spoke wrong: BAD, 501 or -ERR with this text.
    public record Malformed(String textForClient) implements Turn {}

    /// The client gave up with `*`. RFC 9051 6.2.2
    public record Cancelled() implements Turn {}

    /// What the exchange still has to hear from the client: only an empty answer to its last word.
    private Optional<Finished> kept = Optional.empty();

    private final Mechanism mechanism;
    private final Authenticator door;
    private final ClientAddress client;
    private final boolean carriesSuccessData;

    /// For protocols that can't carry success data with the final answer: IMAP, POP3, SMTP.
    public SaslLogin(Mechanism mechanism, Authenticator door, ClientAddress client) {
        this(mechanism, door, client, false);
    }

    /// @param carriesSuccessData true: the protocol's good answer has room for [Finished#successData]; false: it
    /// is one more challenge, to which the client answers nothing. RFC 4422 3.6
    public SaslLogin(Mechanism mechanism, Authenticator door, ClientAddress client, boolean carriesSuccessData) {
        this.mechanism = mechanism;
        this.door = door;
        this.client = client;
        this.carriesSuccessData = carriesSuccessData;
    }

    public String mechanism() {
        return mechanism.name();
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
        return StrictBase64.decode(line).map(this::answer).orElseGet(() -> new Malformed("response is not base64"));
    }

    /// The client's next response, decoded; it is wiped.
    public Turn answer(byte[] response) {
        if (kept.isPresent()) {
            return response.length == 0 ? kept.get() : new Malformed("there is nothing more to say");
        }
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
            case Step.PasswordGiven given -> new Finished(check(given), given.authcid(), Optional.empty());
            case Step.SaltNeeded(String authcid, var hash) -> {
                ScramSalt salt = door.salt(hash, client, authcid);
                yield turn(mechanism.salted(salt.salt(), salt.iterations()));
            }
            case Step.ProofGiven(String authcid, String authzid, Proof proof) -> {
                AuthResult result = door.authenticate(client.request(authcid, authzid, proof));
                yield finish(result, authcid, proof);
            }
        };
    }

    private Turn finish(AuthResult result, String authcid, Proof proof) {
        Optional<String> lastWord = result instanceof AuthResult.Success
                ? proof.successData().map(Base64.getEncoder()::encodeToString)
                : Optional.empty();
        if (lastWord.isEmpty() || carriesSuccessData) {
            return new Finished(result, authcid, lastWord);
        }
        kept = Optional.of(new Finished(result, authcid, Optional.empty()));
        return new Ask(lastWord.get());
    }

    private AuthResult check(Step.PasswordGiven given) {
        try {
            return door.authenticate(client.request(given.authcid(), given.authzid(), given.password()));
        } finally {
            Arrays.fill(given.password(), (byte) 0);
        }
    }
}
