package palomar.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.HexFormat;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FastCurvesTest {
    private static final String OURS = "PalomarCurves";

    @BeforeAll
    static void install() {
        FastCurves.install();
        FastCurves.install();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static PublicKey point(String littleEndian) throws Exception {
        BigInteger u = X25519KeyPairs.u(hex(littleEndian));
        return KeyFactory.getInstance("XDH").generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, u));
    }

    /// RFC 7748 6.1
    @Test
    void theExampleOfTheRfcAgrees() throws Exception {
        KeyAgreement agreement = KeyAgreement.getInstance("XDH");
        agreement.init(KeyFactory.getInstance("XDH")
                .generatePrivate(new XECPrivateKeySpec(
                        NamedParameterSpec.X25519,
                        hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"))));
        assertThat(agreement.getProvider().getName()).isEqualTo(OURS);
        agreement.doPhase(point("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"), true);
        assertThat(agreement.generateSecret())
                .isEqualTo(hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"));
    }

    @Test
    void ourPairsAgreeWithThoseOfTheJdk() throws Exception {
        for (int round = 0; round < 50; round++) {
            KeyPairGenerator ours = KeyPairGenerator.getInstance("XDH");
            ours.initialize(NamedParameterSpec.X25519);
            KeyPair mine = ours.generateKeyPair();
            assertThat(ours.getProvider().getName()).isEqualTo(OURS);
            KeyPair theirs = KeyPairGenerator.getInstance("X25519", "SunEC").generateKeyPair();
            KeyAgreement one = KeyAgreement.getInstance("X25519");
            one.init(mine.getPrivate());
            one.doPhase(theirs.getPublic(), true);
            KeyAgreement other = KeyAgreement.getInstance("X25519", "SunEC");
            other.init(theirs.getPrivate());
            other.doPhase(mine.getPublic(), true);
            assertThat(one.generateSecret("TlsPremasterSecret").getEncoded()).isEqualTo(other.generateSecret());
        }
    }

    @Test
    void aPointOfSmallOrderIsRefused() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(pair.getPrivate());
        assertThatThrownBy(() -> agreement.doPhase(point("0".repeat(64)), true))
                .isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void otherCurvesGoToTheJdk() throws Exception {
        KeyPairGenerator x448 = KeyPairGenerator.getInstance("XDH");
        x448.initialize(NamedParameterSpec.X448);
        KeyPair pair = x448.generateKeyPair();
        KeyAgreement agreement = KeyAgreement.getInstance("XDH");
        agreement.init(pair.getPrivate());
        assertThat(agreement.getProvider().getName()).isEqualTo("SunEC");
        KeyPairGenerator p384 = KeyPairGenerator.getInstance("EC");
        p384.initialize(new ECGenParameterSpec("secp384r1"));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(p384.generateKeyPair().getPrivate());
        assertThat(signature.getProvider().getName()).isEqualTo("SunEC");
    }

    @Test
    void theJdkVerifiesOurSignatures() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        for (int round = 0; round < 50; round++) {
            KeyPair pair = generator.generateKeyPair();
            byte[] text = {(byte) round, 1, 2, 3};
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(pair.getPrivate());
            assertThat(signer.getProvider().getName()).isEqualTo(OURS);
            signer.update(text);
            byte[] signed = signer.sign();
            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(pair.getPublic());
            verifier.update(text);
            assertThat(verifier.verify(signed)).isTrue();
            text[0]++;
            verifier.update(text);
            assertThat(verifier.verify(signed)).isFalse();
        }
    }
}
