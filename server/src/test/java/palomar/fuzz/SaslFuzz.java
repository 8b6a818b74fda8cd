package palomar.fuzz;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import palomar.auth.AuthRequest;
import palomar.auth.AuthResult;
import palomar.auth.Authenticator;
import palomar.auth.ClientAddress;
import palomar.auth.SaslLogin;
import palomar.auth.ScramSalt;
import palomar.auth.UserRecord;
import palomar.password.ScramHash;
import palomar.password.ScramKeys;
import palomar.sasl.Mechanisms;
import palomar.sasl.PasswordProof;
import palomar.sasl.Proof;
import palomar.sasl.ScramProof;
import palomar.sasl.StrictBase64;

/// Lines of a client in an exchange: base64 has one spelling, names that come through are clean, and each exchange
/// ends. The input is lines; the first one's first octet chooses the mechanism.
public final class SaslFuzz {
    private static final ClientAddress CLIENT =
            new ClientAddress("imap", new InetSocketAddress(InetAddress.getLoopbackAddress(), 4_000), true, "s1");

    private static final List<String> MECHANISMS =
            List.of("PLAIN", "LOGIN", "SCRAM-SHA-1", "SCRAM-SHA-256", "CRAM-MD5");
    private static final Mechanisms ALL = Mechanisms.of(MECHANISMS).withNonces(() -> "nonce");

    private SaslFuzz() {}

    public static void fuzz(byte[] input) {
        StrictBase64.decode(input).ifPresent(bytes -> {
            if (!Arrays.equals(Base64.getEncoder().encode(bytes), input)) {
                throw new AssertionError("two spellings of one text");
            }
        });
        String mechanism = MECHANISMS.get(input.length > 0 ? (input[0] & 0xff) % MECHANISMS.size() : 0);
        exchange(mechanism, input);
        exchange(mechanism, Base64.getEncoder().encode(input));
    }

    private static void exchange(String mechanism, byte[] lines) {
        SaslLogin login = new SaslLogin(ALL.begin(mechanism).orElseThrow(), new CheckingDoor(), CLIENT);
        SaslLogin.Turn turn = login.start();
        int from = 0;
        int turns = 0;
        while (turn instanceof SaslLogin.Ask && from <= lines.length) {
            int to = from;
            while (to < lines.length && lines[to] != '\n') {
                to++;
            }
            turn = login.line(Arrays.copyOfRange(lines, from, to));
            from = to + 1;
            if (++turns > 2) {
                throw new AssertionError("a third turn of " + mechanism);
            }
        }
    }

    private static final class CheckingDoor implements Authenticator {
        private static final byte[] SECRET = {1, 2, 3};

        @Override
        public AuthResult authenticate(AuthRequest request) {
            for (String name : new String[] {request.authcid(), request.authzid()}) {
                int octets = name.getBytes(StandardCharsets.UTF_8).length;
                if (name.isEmpty() || octets > 4 * 512 || name.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
                    throw new AssertionError("a name that is none: " + name);
                }
            }
            request.proof().ifPresent(proof -> {
                if (check(proof)) {
                    throw new AssertionError("a proof by chance");
                }
            });
            return new AuthResult.Denied("fuzz");
        }

        private static boolean check(Proof proof) {
            return switch (proof) {
                case ScramProof scram ->
                    scram.madeWith(ScramKeys.of(scram.hash(), SECRET, scram.salt(), scram.iterations()));
                case PasswordProof other -> other.madeWith(SECRET);
            };
        }

        @Override
        public ScramSalt salt(ScramHash hash, ClientAddress client, String authcid) {
            return new ScramSalt(SECRET, 1);
        }

        @Override
        public Optional<UserRecord> lookup(String service, String user) {
            return Optional.empty();
        }
    }
}
