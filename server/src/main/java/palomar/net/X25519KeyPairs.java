package palomar.net;

import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.SecureRandom;
import java.security.interfaces.XECPrivateKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.jspecify.annotations.Nullable;

/// Ephemeral X25519 key pairs. RFC 7748 6.1
final class X25519KeyPairs extends KeyPairGeneratorSpi {
    private static final SecureRandom RANDOM = new SecureRandom();

    private SecureRandom random = RANDOM;

    @Override
    public void initialize(int bits, @Nullable SecureRandom source) {
        if (bits != 255) {
            throw new InvalidParameterException("only X25519 here");
        }
        random = source == null ? RANDOM : source;
    }

    @Override
    public void initialize(AlgorithmParameterSpec wanted, @Nullable SecureRandom source)
            throws InvalidAlgorithmParameterException {
        if (!(wanted instanceof NamedParameterSpec named) || !named.getName().equals("X25519")) {
            throw new InvalidAlgorithmParameterException("only X25519 here");
        }
        random = source == null ? RANDOM : source;
    }

    @Override
    public KeyPair generateKeyPair() {
        byte[] scalar = new byte[X25519.SCALAR_SIZE];
        byte[] point = new byte[X25519.POINT_SIZE];
        X25519.generatePrivateKey(random, scalar);
        X25519.generatePublicKey(scalar, 0, point, 0);
        return new KeyPair(new Public(u(point)), new Private(scalar));
    }

    /// The u coordinate of a little-endian point; the topmost bit does not count. RFC 7748 5
    static BigInteger u(byte[] point) {
        byte[] bigEndian = new byte[point.length];
        for (int i = 0; i < point.length; i++) {
            bigEndian[i] = point[point.length - 1 - i];
        }
        bigEndian[0] &= 0x7f;
        return new BigInteger(1, bigEndian);
    }

    private record Public(BigInteger getU) implements XECPublicKey {
        @Override
        public AlgorithmParameterSpec getParams() {
            return NamedParameterSpec.X25519;
        }

        @Override
        public String getAlgorithm() {
            return "XDH";
        }

        @Override
        public @Nullable String getFormat() {
            return null;
        }

        @Override
        public byte @Nullable [] getEncoded() {
            return null;
        }
    }

    private static final class Private implements XECPrivateKey {
        private static final long serialVersionUID = 1;
        private final byte[] scalar;

        Private(byte[] scalar) {
            this.scalar = scalar;
        }

        @Override
        public Optional<byte[]> getScalar() {
            return Optional.of(scalar.clone());
        }

        @Override
        public AlgorithmParameterSpec getParams() {
            return NamedParameterSpec.X25519;
        }

        @Override
        public String getAlgorithm() {
            return "XDH";
        }

        @Override
        public @Nullable String getFormat() {
            return null;
        }

        @Override
        public byte @Nullable [] getEncoded() {
            return null;
        }
    }
}
