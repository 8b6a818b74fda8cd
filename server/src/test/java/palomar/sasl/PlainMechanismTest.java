package palomar.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 4616 4 and what clients do beside it. `~` stands for NUL.
class PlainMechanismTest {

    @ParameterizedTest
    @CsvSource({
        "~tim~tanstaaftanstaaf, tim, tim, tanstaaftanstaaf", // RFC 4616 4, first example
        "Ursel~Kurt~xipj3plmq, Kurt, Ursel, xipj3plmq", // RFC 4616 4, third example
        "kurt~kurt~x, kurt, kurt, x",
        "~grün~päß, grün, grün, päß",
        "~I\u00ADX~p, IX, IX, p", // RFC 4013 3: soft hyphen is mapped to nothing
        "~\u00AA~p, a, a, p", // RFC 4013 3: NFKC
        "~\u2168~p, IX, IX, p", // RFC 4013 3: NFKC
        "~a\u00A0b~p, a b, a b, p",
        "~joe@example.org~p, joe@example.org, joe@example.org, p",
    })
    void aWellFormedMessageYieldsNamesAndPassword(String message, String authcid, String authzid, String password) {
        Step step = answer(message);

        assertThat(step).isInstanceOfSatisfying(Step.PasswordGiven.class, given -> {
            assertThat(given.authcid()).isEqualTo(authcid);
            assertThat(given.authzid()).isEqualTo(authzid);
            assertThat(given.password()).isEqualTo(password.getBytes(StandardCharsets.UTF_8));
        });
    }

    @Test
    void anEmptyPasswordIsLeftForTheDoorToRefuse() {
        assertThat(answer("~tim~"))
                .isInstanceOfSatisfying(
                        Step.PasswordGiven.class,
                        given -> assertThat(given.password()).isEmpty());
    }

    @Test
    void aPasswordThatIsNotUtf8IsKeptAsItCame() {
        byte[] message = {0, 'j', 'o', 'e', 0, (byte) 0xE4, (byte) 0xFF};

        assertThat(new PlainMechanism().answer(message))
                .isInstanceOfSatisfying(
                        Step.PasswordGiven.class,
                        given -> assertThat(given.password()).containsExactly(0xE4, 0xFF));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tim",
                "~",
                "~tim",
                "tim~tanstaaftanstaaf",
                "~~password",
                "~tim~pass~word",
                "~tim~password~",
                "~~~",
                "~t\u0001m~password",
                "~t\nm~password",
                "a\rb~tim~password",
                "~t\uE000m~password",
                "~\u200B~password",
                "~t\u202Em~password",
                "~\uFFFD~password",
            })
    void aBrokenMessageFails(String message) {
        assertThat(answer(message)).isInstanceOf(Step.Failed.class);
    }

    @Test
    void aNameThatIsNotUtf8Fails() {
        assertThat(new PlainMechanism().answer(new byte[] {0, (byte) 0xC3, 0, 'p'}))
                .isEqualTo(ClientText.BAD_NAME);
        assertThat(new PlainMechanism().answer(new byte[] {(byte) 0xC0, (byte) 0x80, 0, 'u', 0, 'p'}))
                .isEqualTo(ClientText.BAD_NAME);
    }

    @Test
    void namesAndPasswordsAreBounded() {
        assertThat(answer("~" + "u".repeat(512) + "~p")).isInstanceOf(Step.PasswordGiven.class);
        assertThat(answer("~" + "u".repeat(513) + "~p")).isInstanceOf(Step.Failed.class);
        assertThat(answer("~u~" + "p".repeat(1024))).isInstanceOf(Step.PasswordGiven.class);
        assertThat(answer("~u~" + "p".repeat(1025))).isInstanceOf(Step.Failed.class);
        assertThat(answer("z".repeat(513) + "~u~p")).isInstanceOf(Step.Failed.class);
    }

    @Test
    void withoutInitialResponseTheServerSendsAnEmptyChallenge() {
        assertThat(new PlainMechanism().start())
                .isInstanceOfSatisfying(
                        Step.Challenge.class,
                        challenge -> assertThat(challenge.data()).isEmpty());
    }

    @Test
    void noStepShowsThePasswordWhenPrinted() {
        assertThat(answer("~tim~tanstaaf").toString()).doesNotContain("tanstaaf");
    }

    private static Step answer(String message) {
        return new PlainMechanism().answer(message.replace('~', '\0').getBytes(StandardCharsets.UTF_8));
    }
}
