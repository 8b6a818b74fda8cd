package palomar.net;

import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.SecureRandom;
import java.security.interfaces.XECPrivateKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.jspecify.annotations.Nullable;

/// X25519 between our key and the peer's. RFC 7748 6.1, RFC 8446 7.4.2
final class X25519Agreement extends KeyAgreementSpi {
    private byte @Nullable [] scalar;
    private byte @Nullable [] secret;

    @Override
    protected void engineInit(Key key, @Nullable SecureRandom random) throws InvalidKeyException {
        if (!(key instanceof XECPrivateKey own) || !isX25519(own.getParams())) {
            throw new InvalidKeyException("only X25519 here");
        }
        scalar = own.getScalar().orElseThrow(() -> new InvalidKeyException("the key does not show its scalar"));
        secret = null;
    }

    @Override
    protected void engineInit(Key key, @Nullable AlgorithmParameterSpec params, @Nullable SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (params != null) {
            throw new InvalidAlgorithmParameterException("X25519 has no parameters");
        }
        engineInit(key, random);
    }

    private static boolean isX25519(AlgorithmParameterSpec params) {
        return params instanceof NamedParameterSpec named && named.getName().equals("X25519");
    }

    @Override
    protected @Nullable Key engineDoPhase(Key key, boolean lastPhase) throws InvalidKeyException {
        byte[] own = scalar;
        if (own == null || !lastPhase) {
            throw new IllegalStateException("X25519 has one phase, after init");
        }
        if (!(key instanceof XECPublicKey peer) || !isX25519(peer.getParams())) {
            throw new InvalidKeyException("the peer's key is not of X25519");
        }
        byte[] shared = new byte[X25519.POINT_SIZE];
        // False when the result is all zeros: a point of small order, which the handshake must refuse.
        if (!X25519.calculateAgreement(own, 0, point(peer.getU()), 0, shared, 0)) {
            throw new InvalidKeyException("the peer's point has small order");
        }
        secret = shared;
        return null;
    }

    private static byte[] point(BigInteger u) throws InvalidKeyException {
        byte[] bigEndian = u.toByteArray();
        byte[] point = new byte[X25519.POINT_SIZE];
        for (int i = 0; i < bigEndian.length; i++) {
            byte digit = bigEndian[bigEndian.length - 1 - i];
            if (i < point.length) {
                point[i] = digit;
            } else if (digit != 0) {
                throw new InvalidKeyException("the peer's point is too large");
            }
        }
        return point;
    }

    @Override
    protected byte[] engineGenerateSecret() {
        byte[] shared = secret;
        if (shared == null) {
            throw new IllegalStateException("no phase was done");
        }
        secret = null;
        return shared;
    }

    @Override
    protected int engineGenerateSecret(byte[] target, int offset) throws ShortBufferException {
        if (target.length - offset < X25519.POINT_SIZE) {
            throw new ShortBufferException("a secret of X25519 has " + X25519.POINT_SIZE + " bytes");
        }
        byte[] shared = engineGenerateSecret();
        System.arraycopy(shared, 0, target, offset, shared.length);
        return shared.length;
    }

    @Override
    protected SecretKey engineGenerateSecret(String algorithm) {
        return new SecretKeySpec(engineGenerateSecret(), algorithm);
    }
}
