package palomar.sasl;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.password.ScramHash;

/// SCRAM-SHA-1, SCRAM-SHA-256 and their `-PLUS` variants. RFC 5802, RFC 7677; channel binding: RFC 5929 4, RFC
/// 9266
///
/// The client proves that he knows the password, which never crosses the line, and the server proves that it has
/// the keys. Extensions that must be understood (`m=`) are refused, others are part of what is signed.
final class ScramMechanism implements Mechanism {
    private static final int MAX_NONCE = 512;

    private final ScramHash hash;
    private final boolean plus;
    private final boolean plusOffered;
    private final ChannelBinding binding;
    private final String serverNonce;

    private @Nullable ClientFirst first;
    private @Nullable ServerFirst challenge;

    /// @param gs2 the header as it was sent, up to and with its second comma
    /// @param bare what follows it
    private record ClientFirst(
            byte[] gs2, Optional<String> bindingType, String authcid, String authzid, String nonce, byte[] bare) {}

    private record ServerFirst(byte[] salt, int iterations, byte[] text) {}

    /// @param plusOffered may this connection use the `-PLUS` variant of the same hash?
    /// @param serverNonce printable ASCII without comma, fresh for each exchange
    ScramMechanism(ScramHash hash, boolean plus, boolean plusOffered, ChannelBinding binding, String serverNonce) {
        this.hash = hash;
        this.plus = plus;
        this.plusOffered = plusOffered;
        this.binding = binding;
        this.serverNonce = serverNonce;
    }

    @Override
    public String name() {
        return plus ? hash.mechanism() + "-PLUS" : hash.mechanism();
    }

    @Override
    public Step start() {
        return new Step.Challenge(new byte[0]);
    }

    @Override
    public Step answer(byte[] response) {
        ClientFirst begun = first;
        ServerFirst asked = challenge;
        if (begun == null) {
            return clientFirst(response);
        }
        if (asked == null) {
            throw new IllegalStateException("the salt is missing");
        }
        return clientFinal(begun, asked, response);
    }

    @Override
    public Step salted(byte[] salt, int iterations) {
        ClientFirst begun = first;
        if (begun == null || challenge != null) {
            throw new IllegalStateException("nobody asked for a salt");
        }
        String text = "r=" + begun.nonce + serverNonce + ",s="
                + Base64.getEncoder().encodeToString(salt) + ",i=" + iterations;
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        challenge = new ServerFirst(salt.clone(), iterations, bytes);
        return new Step.Challenge(bytes.clone());
    }

    private Step clientFirst(byte[] message) {
        int flagEnd = comma(message, 0);
        int headerEnd = flagEnd < 0 ? -1 : comma(message, flagEnd + 1);
        if (headerEnd < 0) {
            return failed("SCRAM expects: channel binding flag, authorization id, user, nonce");
        }
        String flag = new String(message, 0, flagEnd, StandardCharsets.ISO_8859_1);
        Optional<Step> unbound = flagProblem(flag);
        if (unbound.isPresent()) {
            return unbound.get();
        }
        Optional<String> authzid = Optional.empty();
        if (headerEnd > flagEnd + 1) {
            authzid = attribute(message, flagEnd + 1, headerEnd, 'a').flatMap(ScramMechanism::name);
            if (authzid.isEmpty()) {
                return ClientText.BAD_NAME;
            }
        }
        byte[] bare = Arrays.copyOfRange(message, headerEnd + 1, message.length);
        int userEnd = comma(bare, 0);
        if (bare.length > 0 && bare[0] == 'm') {
            return failed("this server knows no extension of SCRAM");
        }
        Optional<String> authcid = userEnd < 0
                ? Optional.empty()
                : attribute(bare, 0, userEnd, 'n').flatMap(ScramMechanism::name);
        if (authcid.isEmpty()) {
            return ClientText.BAD_NAME;
        }
        int nonceEnd = comma(bare, userEnd + 1);
        Optional<String> nonce = attribute(bare, userEnd + 1, nonceEnd < 0 ? bare.length : nonceEnd, 'r')
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .filter(ScramMechanism::nonce);
        if (nonce.isEmpty()) {
            return failed("SCRAM expects a nonce of 1 to " + MAX_NONCE + " printable characters after the user");
        }
        first = new ClientFirst(
                Arrays.copyOf(message, headerEnd + 1),
                flag.startsWith("p=") ? Optional.of(flag.substring(2)) : Optional.empty(),
                authcid.get(),
                authzid.orElse(authcid.get()),
                nonce.get(),
                bare);
        return new Step.SaltNeeded(authcid.get(), hash);
    }

    /// RFC 5802 6
    private Optional<Step> flagProblem(String flag) {
        if (flag.startsWith("p=")) {
            if (!plus) {
                return Optional.of(failed("channel binding is for " + hash.mechanism() + "-PLUS"));
            }
            return binding.data(flag.substring(2)).isPresent()
                    ? Optional.empty()
                    : Optional.of(failed("this connection has no channel binding of that type"));
        }
        if (plus) {
            return Optional.of(failed("the -PLUS mechanisms expect channel binding: p="));
        }
        return switch (flag) {
            case "n" -> Optional.empty();
            case "y" ->
                plusOffered
                        ? Optional.of(failed("this server has channel binding; somebody has hidden that from you"))
                        : Optional.empty();
            default -> Optional.of(failed("a channel binding flag is n, y or p="));
        };
    }

    private Step clientFinal(ClientFirst begun, ServerFirst asked, byte[] message) {
        int bindingEnd = comma(message, 0);
        int nonceEnd = bindingEnd < 0 ? -1 : comma(message, bindingEnd + 1);
        int proofStart = lastComma(message);
        if (nonceEnd < 0 || proofStart < nonceEnd) {
            return failed("SCRAM expects: channel binding, nonce, proof");
        }
        Optional<byte[]> bound = attribute(message, 0, bindingEnd, 'c').flatMap(StrictBase64::decode);
        if (bound.isEmpty() || !MessageDigest.isEqual(bound.get(), expectedBinding(begun))) {
            return failed("the channel bindings are not the same");
        }
        byte[] nonce = (begun.nonce + serverNonce).getBytes(StandardCharsets.ISO_8859_1);
        Optional<byte[]> said = attribute(message, bindingEnd + 1, nonceEnd, 'r');
        if (said.isEmpty() || !MessageDigest.isEqual(said.get(), nonce)) {
            return failed("the nonce is not that of the server");
        }
        Optional<byte[]> proof =
                attribute(message, proofStart + 1, message.length, 'p').flatMap(StrictBase64::decode);
        if (proof.isEmpty() || proof.get().length != hash.length()) {
            return failed("a proof of " + hash.mechanism() + " has " + hash.length() + " octets in base64");
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(begun.bare);
        all.write(',');
        all.writeBytes(asked.text);
        all.write(',');
        all.write(message, 0, proofStart);
        return new Step.ProofGiven(
                begun.authcid,
                begun.authzid,
                new ScramProof(hash, asked.salt, asked.iterations, all.toByteArray(), proof.get()));
    }

    /// RFC 5802 5.1, `c=`
    private byte[] expectedBinding(ClientFirst begun) {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.writeBytes(begun.gs2);
        begun.bindingType.flatMap(binding::data).ifPresent(expected::writeBytes);
        return expected.toByteArray();
    }

    /// The value of `x=value` in that range.
    private static Optional<byte[]> attribute(byte[] bytes, int from, int to, char name) {
        boolean there = to - from >= 2 && bytes[from] == name && bytes[from + 1] == '=';
        return there ? Optional.of(Arrays.copyOfRange(bytes, from + 2, to)) : Optional.empty();
    }

    /// A saslname: `=2C` is a comma, `=3D` an equals sign, and there is no other `=`. RFC 5802 5.1
    private static Optional<String> name(byte[] escaped) {
        byte[] plain = new byte[escaped.length];
        int length = 0;
        for (int i = 0; i < escaped.length; i++) {
            if (escaped[i] != '=') {
                plain[length++] = escaped[i];
                continue;
            }
            if (i + 2 >= escaped.length) {
                return Optional.empty();
            }
            boolean comma = escaped[i + 1] == '2' && escaped[i + 2] == 'C';
            boolean equals = escaped[i + 1] == '3' && escaped[i + 2] == 'D';
            if (!comma && !equals) {
                return Optional.empty();
            }
            plain[length++] = (byte) (comma ? ',' : '=');
            i += 2;
        }
        return ClientText.name(plain, 0, length);
    }

    private static boolean nonce(String text) {
        return !text.isEmpty() && text.length() <= MAX_NONCE && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private static int comma(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == ',') {
                return i;
            }
        }
        return -1;
    }

    private static int lastComma(byte[] bytes) {
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] == ',') {
                return i;
            }
        }
        return -1;
    }

    private static Step failed(String text) {
        return new Step.Failed(text);
    }
}
