package palomar.net;

import java.io.IOException;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.CryptoServicesRegistrar;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.jspecify.annotations.Nullable;

/// SHA256withECDSA on P-256, signing only: the certificate's key in each full handshake. RFC 8446 4.2.3
final class P256Signature extends SignatureSpi {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ECDomainParameters P256 = p256();

    private final MessageDigest digest;
    private final ECDSASigner signer = new ECDSASigner();

    P256Signature() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static ECDomainParameters p256() {
        // Bouncy Castle blinds with random numbers and makes a source of its own for each thread, which virtual
        // threads use once.
        CryptoServicesRegistrar.setSecureRandom(RANDOM);
        X9ECParameters curve = CustomNamedCurves.getByName("secp256r1");
        return new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
    }

    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
        throw new InvalidKeyException("verifying is left to the JDK");
    }

    @Override
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
        engineInitSign(key, RANDOM);
    }

    @Override
    protected void engineInitSign(PrivateKey key, @Nullable SecureRandom random) throws InvalidKeyException {
        if (!(key instanceof ECPrivateKey own) || !isP256(own)) {
            throw new InvalidKeyException("only P-256 here");
        }
        ECPrivateKeyParameters secret = new ECPrivateKeyParameters(own.getS(), P256);
        signer.init(true, new ParametersWithRandom(secret, random == null ? RANDOM : random));
        digest.reset();
    }

    private static boolean isP256(ECPrivateKey key) {
        BigInteger order = key.getParams().getOrder();
        return order.equals(P256.getN())
                && key.getParams()
                        .getCurve()
                        .getA()
                        .equals(P256.getCurve().getA().toBigInteger())
                && key.getParams()
                        .getCurve()
                        .getB()
                        .equals(P256.getCurve().getB().toBigInteger());
    }

    @Override
    protected void engineUpdate(byte b) {
        digest.update(b);
    }

    @Override
    protected void engineUpdate(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
        BigInteger[] pair = signer.generateSignature(digest.digest());
        try {
            return StandardDSAEncoding.INSTANCE.encode(P256.getN(), pair[0], pair[1]);
        } catch (IOException e) {
            throw new SignatureException("the signature can't be encoded", e);
        }
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
        throw new SignatureException("verifying is left to the JDK");
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
        throw new InvalidParameterException("ECDSA has no parameters");
    }

    @Override
    protected void engineSetParameter(@Nullable AlgorithmParameterSpec params) {
        if (params != null) {
            throw new InvalidParameterException("ECDSA has no parameters");
        }
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
        throw new InvalidParameterException("ECDSA has no parameters");
    }
}
