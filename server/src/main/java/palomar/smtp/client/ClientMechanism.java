package palomar.smtp.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The client's side of a SASL exchange. One exchange, one thread. RFC 4954 4
interface ClientMechanism {
    String name();

    /// True when the exchange shows the password to whoever listens.
    boolean showsPassword();

    /// What is sent with AUTH; empty when the server speaks first.
    Optional<byte[]> initial();

    /// The answer to a challenge.
    byte[] answer(byte[] challenge);

    /// Those we know, the best first.
    static List<ClientMechanism> all(RelaySettings.Login login) {
        return List.of(new Plain(login), new Login(login), new CramMd5(login));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// RFC 4616
    record Plain(RelaySettings.Login login) implements ClientMechanism {
        @Override
        public String name() {
            return "PLAIN";
        }

        @Override
        public boolean showsPassword() {
            return true;
        }

        @Override
        public Optional<byte[]> initial() {
            return Optional.of(utf8("\0" + login.user() + "\0" + login.password()));
        }

        @Override
        public byte[] answer(byte[] challenge) {
            return utf8("\0" + login.user() + "\0" + login.password());
        }
    }

    /// draft-murchison-sasl-login: first the name, then the password, whatever the challenges are called.
    final class Login implements ClientMechanism {
        private final RelaySettings.Login login;
        private boolean named;

        Login(RelaySettings.Login login) {
            this.login = login;
        }

        @Override
        public String name() {
            return "LOGIN";
        }

        @Override
        public boolean showsPassword() {
            return true;
        }

        @Override
        public Optional<byte[]> initial() {
            return Optional.empty();
        }

        @Override
        public byte[] answer(byte[] challenge) {
            String next = named ? login.password() : login.user();
            named = true;
            return utf8(next);
        }
    }

    /// RFC 2195
    record CramMd5(RelaySettings.Login login) implements ClientMechanism {
        @Override
        public String name() {
            return "CRAM-MD5";
        }

        @Override
        public boolean showsPassword() {
            return false;
        }

        @Override
        public Optional<byte[]> initial() {
            return Optional.empty();
        }

        @Override
        public byte[] answer(byte[] challenge) {
            try {
                Mac mac = Mac.getInstance("HmacMD5");
                // A key can't be empty here; HMAC pads with zeros, so that this is the same one.
                byte[] key = login.password().isEmpty() ? new byte[1] : utf8(login.password());
                mac.init(new SecretKeySpec(key, "HmacMD5"));
                return utf8(login.user() + " " + HexFormat.of().formatHex(mac.doFinal(challenge)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java has HmacMD5", e);
            }
        }
    }
}
