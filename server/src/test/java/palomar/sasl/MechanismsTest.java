package palomar.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MechanismsTest {

    @Test
    void namesAreFoundInAnyCaseAndAnnouncedInOrder() {
        Mechanisms mechanisms = Mechanisms.of(List.of("login", "PLAIN"));

        assertThat(mechanisms.names(true)).containsExactly("LOGIN", "PLAIN");
        assertThat(mechanisms.begin("pLaIn").orElseThrow().name()).isEqualTo("PLAIN");
        assertThat(mechanisms.begin("LOGIN").orElseThrow()).isInstanceOf(LoginMechanism.class);
    }

    @Test
    void eachExchangeIsFresh() {
        assertThat(Mechanisms.STANDARD.begin("LOGIN").orElseThrow())
                .isNotSameAs(Mechanisms.STANDARD.begin("LOGIN").orElseThrow());
    }

    @Test
    void plaintextMechanismsAreNotAnnouncedOnAnOpenLine() {
        assertThat(Mechanisms.STANDARD.names(false)).isEmpty();
        assertThat(Mechanisms.STANDARD.plaintext("plain")).isTrue();
    }

    @Test
    void whatIsNotOfferedCannotBegin() {
        assertThat(Mechanisms.of(List.of("PLAIN")).begin("LOGIN")).isEmpty();
        assertThat(Mechanisms.STANDARD.begin("")).isEmpty();
        assertThat(Mechanisms.STANDARD.begin("X-UNKNOWN")).isEmpty();
    }

    @Test
    void anUnknownNameInTheConfigurationIsRefusedByName() {
        assertThatThrownBy(() -> Mechanisms.of(List.of("PLAIN", "KERBEROS_V4")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("KERBEROS_V4")
                .hasMessageContaining("PLAIN");
    }
}
