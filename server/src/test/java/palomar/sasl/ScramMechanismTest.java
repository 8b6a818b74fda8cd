package palomar.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import palomar.password.ScramHash;
import palomar.password.ScramKeys;

class ScramMechanismTest {
    private static final String SALT_1 = "QSXCR+Q6sek8bf92";
    private static final String SALT_256 = "W22ZaJ0SNY7soEsUEjb6gQ==";

    @Test
    void theExampleOfRfc5802() {
        Mechanism scram = begin("SCRAM-SHA-1", "3rfcNHYJY1ZVvWVs7j", channel(ChannelBinding.NONE));

        assertThat(scram.answer(ascii("n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL")))
                .isEqualTo(new Step.SaltNeeded("user", ScramHash.SHA_1));
        assertThat(text(scram.salted(base64(SALT_1), 4_096)))
                .isEqualTo("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096");
        ScramProof proof = proof(scram.answer(
                ascii("c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=")));

        assertThat(proof.successData()).isEmpty();
        assertThat(proof.madeWith(keys(ScramHash.SHA_1, "pencil", SALT_1))).isTrue();
        assertThat(proof.successData()).map(ScramMechanismTest::string).contains("v=rmF9pqV8S7suAoZWja4dJRkFsKQ=");
    }

    @Test
    void theExampleOfRfc7677() {
        Mechanism scram = begin("SCRAM-SHA-256", "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0", channel(ChannelBinding.NONE));

        scram.answer(ascii("n,,n=user,r=rOprNGfwEbeRWgbNEkqO"));
        assertThat(text(scram.salted(base64(SALT_256), 4_096)))
                .isEqualTo("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        ScramProof proof = proof(scram.answer(ascii("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")));

        assertThat(proof.madeWith(keys(ScramHash.SHA_256, "pencil", SALT_256))).isTrue();
        assertThat(proof.successData())
                .map(ScramMechanismTest::string)
                .contains("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    @Test
    void anotherPasswordOrHashIsNoMatch() {
        Mechanism scram = begin("SCRAM-SHA-1", "3rfcNHYJY1ZVvWVs7j", channel(ChannelBinding.NONE));
        scram.answer(ascii("n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL"));
        scram.salted(base64(SALT_1), 4_096);
        ScramProof proof = proof(scram.answer(
                ascii("c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=")));

        assertThat(proof.madeWith(keys(ScramHash.SHA_1, "pencils", SALT_1))).isFalse();
        assertThat(proof.madeWith(keys(ScramHash.SHA_256, "pencil", SALT_1))).isFalse();
        assertThat(proof.successData()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "n",
                "n,",
                "n,,",
                "n,,n=user",
                "n,,n=user,",
                "n,,n=user,r=",
                "n,,n=user,r=a b",
                "n,,r=abc,n=user",
                "n,,n=,r=abc",
                "n,,n=us=er,r=abc",
                "n,,n=us=2c,r=abc",
                "n,,n=us=3,r=abc",
                "n,,n=us\u0000er,r=abc",
                "n,,m=must,n=user,r=abc",
                "n,b=x,n=user,r=abc",
                "n,a=,n=user,r=abc",
                "q,,n=user,r=abc",
                "p,,n=user,r=abc",
                "p=tls-exporter,,n=user,r=abc"
            })
    void wrongFirstMessagesFail(String message) {
        Mechanism scram = begin("SCRAM-SHA-256", "x", channel(new Bound()));

        assertThat(scram.answer(ascii(message))).isInstanceOf(Step.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c=biws,r=ab",
                "c=biws,p=AAAA",
                "r=ab,c=biws,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
                "c=eSws,r=ab,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
                "c=biws,r=a,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
                "c=biws,r=abc,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
                "c=biws,r=ab,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Q==",
                "c=biws,r=ab,p=no",
                "c=biws,r=ab,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=,x=y"
            })
    void wrongLastMessagesFail(String message) {
        Mechanism scram = begin("SCRAM-SHA-1", "b", channel(ChannelBinding.NONE));
        scram.answer(ascii("n,,n=user,r=a"));
        scram.salted(base64(SALT_1), 4_096);

        assertThat(scram.answer(ascii(message))).isInstanceOf(Step.Failed.class);
    }

    @Test
    void namesAreUnescapedAndTheAuthorizationIdIsTheirOwn() {
        Mechanism scram = begin("SCRAM-SHA-1", "b", channel(ChannelBinding.NONE));

        assertThat(scram.answer(ascii("n,a=o=2Cther,n=u=3Dser,r=a,ext=1")))
                .isEqualTo(new Step.SaltNeeded("u=ser", ScramHash.SHA_1));
        scram.salted(base64(SALT_1), 4_096);
        Step.ProofGiven given = (Step.ProofGiven)
                scram.answer(ascii("c=" + encoded("n,a=o=2Cther,") + ",r=ab,ext=2,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts="));
        assertThat(given.authcid()).isEqualTo("u=ser");
        assertThat(given.authzid()).isEqualTo("o,ther");
    }

    @Test
    void aClientThatBelievesThereIsNoChannelBindingIsTold() {
        byte[] first = ascii("y,,n=user,r=a");

        assertThat(begin("SCRAM-SHA-1", "b", channel(ChannelBinding.NONE)).answer(first))
                .isInstanceOf(Step.SaltNeeded.class);
        assertThat(begin("SCRAM-SHA-1", "b", channel(new Bound())).answer(first))
                .isInstanceOf(Step.Failed.class);
    }

    @Test
    void plusNeedsTheDataOfTheChannel() {
        assertThat(plusWith("tls-exporter", "exported")).isInstanceOf(Step.ProofGiven.class);
        assertThat(plusWith("tls-server-end-point", "hashed")).isInstanceOf(Step.ProofGiven.class);
        assertThat(plusWith("tls-exporter", "hashed")).isInstanceOf(Step.Failed.class);
        assertThat(plusWith("tls-exporter", "")).isInstanceOf(Step.Failed.class);
        Channel bound = channel(new Bound());
        assertThat(begin("SCRAM-SHA-1-PLUS", "b", bound).answer(ascii("p=tls-unique,,n=user,r=a")))
                .isInstanceOf(Step.Failed.class);
        assertThat(begin("SCRAM-SHA-1-PLUS", "b", bound).answer(ascii("n,,n=user,r=a")))
                .isInstanceOf(Step.Failed.class);
    }

    private static Step plusWith(String type, String data) {
        Mechanism scram = begin("SCRAM-SHA-1-PLUS", "b", channel(new Bound()));
        String header = "p=" + type + ",,";
        scram.answer(ascii(header + "n=user,r=a"));
        scram.salted(base64(SALT_1), 4_096);
        return scram.answer(ascii("c=" + encoded(header + data) + ",r=ab,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts="));
    }

    @Test
    void whatIsAnnouncedDependsOnTlsAndKeys() {
        Channel plain = channel(ChannelBinding.NONE);
        Channel bound = channel(new Bound());
        Channel onlySha256 = new Channel(false, Set.of(ScramHash.SHA_256), ChannelBinding.NONE);

        assertThat(Mechanisms.STANDARD.names(plain)).containsExactly("PLAIN", "LOGIN", "SCRAM-SHA-256", "SCRAM-SHA-1");
        assertThat(Mechanisms.STANDARD.names(bound))
                .containsExactly(
                        "PLAIN", "LOGIN", "SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1");
        assertThat(Mechanisms.STANDARD.names(onlySha256)).containsExactly("SCRAM-SHA-256");
        assertThat(Mechanisms.STANDARD.begin("SCRAM-SHA-1", onlySha256)).isEmpty();
        assertThat(Mechanisms.STANDARD.begin("CRAM-MD5", bound)).isEmpty();
        Mechanisms chosen = Mechanisms.of(List.of("cram-md5", "SCRAM-SHA-1"));
        assertThat(chosen.names(onlySha256)).containsExactly("CRAM-MD5", "SCRAM-SHA-1");
    }

    @Test
    void saltsComeOnlyWhenTheyAreAskedFor() {
        Mechanism scram = begin("SCRAM-SHA-1", "b", channel(ChannelBinding.NONE));

        assertThatThrownBy(() -> scram.salted(base64(SALT_1), 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new LoginMechanism().salted(base64(SALT_1), 1))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theExampleOfRfc2195() {
        CramMd5Mechanism cram = new CramMd5Mechanism("1896.697170952", "postoffice.reston.mci.net");

        assertThat(text(cram.start())).isEqualTo("<1896.697170952@postoffice.reston.mci.net>");
        Step.ProofGiven given = (Step.ProofGiven) cram.answer(ascii("tim b913a602c7eda7a495b4e6e7334d3890"));
        assertThat(given.authcid()).isEqualTo("tim");
        PasswordProof proof = (PasswordProof) given.proof();
        assertThat(proof.madeWith(ascii("tanstaaftanstaaf"))).isTrue();
        assertThat(proof.madeWith(ascii("tanstaaf"))).isFalse();
        for (String wrong :
                List.of("", "tim", " b913a602c7eda7a495b4e6e7334d3890", "tim b913a602c7eda7a495b4e6e7334d389")) {
            assertThat(cram.answer(ascii(wrong))).as(wrong).isInstanceOf(Step.Failed.class);
        }
    }

    private static Mechanism begin(String name, String nonce, Channel channel) {
        return Mechanisms.STANDARD.withNonces(() -> nonce).begin(name, channel).orElseThrow();
    }

    private static Channel channel(ChannelBinding binding) {
        return new Channel(true, EnumSet.allOf(ScramHash.class), binding);
    }

    private static ScramKeys keys(ScramHash hash, String password, String salt) {
        return ScramKeys.of(hash, ascii(password), base64(salt), 4_096);
    }

    private static ScramProof proof(Step step) {
        return (ScramProof) ((Step.ProofGiven) step).proof();
    }

    private static String text(Step step) {
        return string(((Step.Challenge) step).data());
    }

    private static String string(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(ascii(text));
    }

    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static final class Bound implements ChannelBinding {
        @Override
        public boolean available() {
            return true;
        }

        @Override
        public Optional<byte[]> data(String type) {
            return switch (type) {
                case "tls-exporter" -> Optional.of(ascii("exported"));
                case "tls-server-end-point" -> Optional.of(ascii("hashed"));
                default -> Optional.empty();
            };
        }
    }
}
