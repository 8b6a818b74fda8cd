package palomar.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LoginMechanismTest {
    private final LoginMechanism login = new LoginMechanism();

    @Test
    void asksForUserNameThenPassword() {
        assertThat(challenge(login.start())).isEqualTo("Username:");
        assertThat(challenge(login.answer(bytes("tim")))).isEqualTo("Password:");
        assertThat(login.answer(bytes("tanstaaf"))).isInstanceOfSatisfying(Step.PasswordGiven.class, given -> {
            assertThat(given.authcid()).isEqualTo("tim");
            assertThat(given.authzid()).isEqualTo("tim");
            assertThat(given.password()).isEqualTo(bytes("tanstaaf"));
        });
    }

    @Test
    void aUserNameAsInitialResponseSkipsTheFirstPrompt() {
        assertThat(challenge(login.answer(bytes("tim")))).isEqualTo("Password:");
    }

    @Test
    void badUserNamesFail() {
        assertThat(new LoginMechanism().answer(bytes(""))).isEqualTo(ClientText.BAD_NAME);
        assertThat(new LoginMechanism().answer(bytes("a\0b"))).isEqualTo(ClientText.BAD_NAME);
        assertThat(new LoginMechanism().answer(new byte[] {(byte) 0xFF})).isEqualTo(ClientText.BAD_NAME);
        assertThat(new LoginMechanism().answer(new byte[513])).isEqualTo(ClientText.BAD_NAME);
    }

    @Test
    void badPasswordsFail() {
        login.answer(bytes("tim"));
        assertThat(login.answer(bytes("a\0b"))).isInstanceOf(Step.Failed.class);

        LoginMechanism another = new LoginMechanism();
        another.answer(bytes("tim"));
        assertThat(another.answer(bytes("x".repeat(1025)))).isInstanceOf(Step.Failed.class);
    }

    private static String challenge(Step step) {
        assertThat(step).isInstanceOf(Step.Challenge.class);
        return new String(((Step.Challenge) step).data(), StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
