package palomar.managesieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import palomar.scripts.ScriptOwner;
import palomar.sieve.Limits;
import palomar.sieve.ext.Extensions;

class LanguageCheckTest {
    private static final ScriptOwner ANNA = new ScriptOwner("anna", Optional.empty());

    private final LanguageCheck check =
            new LanguageCheck(Extensions.language(), Limits.USUAL, List.of("mailto"), List.of("urn"));

    private ScriptCheck.Findings check(String script) {
        return check.check(script.getBytes(StandardCharsets.UTF_8), ANNA);
    }

    @Test
    void aScriptThatCompilesHasNoErrors() {
        assertThat(check("require [\"fileinto\"];\r\nfileinto \"a\";\r\n").errors())
                .isEmpty();
    }

    @Test
    void eachErrorHasItsLine() {
        assertThat(check("keep;\r\nfoo;\r\nkeep;\r\nbar;\r\n").errors())
                .hasSize(2)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("line 2, column 1: "),
                        second -> assertThat(second).startsWith("line 4, column 1: "));
        assertThat(check("keep").errors()).isNotEmpty();
        assertThat(check("require \"nothing\";").errors())
                .singleElement()
                .asString()
                .contains("nothing");
    }

    @Test
    void whatIsAnnouncedCanBeRequired() {
        ScriptCheck.Abilities abilities = check.abilities();
        assertThat(abilities.extensions()).contains("fileinto", "variables");
        for (String extension : abilities.extensions()) {
            assertThat(check("require \"" + extension + "\";").errors())
                    .as(extension)
                    .isEmpty();
        }
        assertThat(abilities.redirects()).hasValue(4);
        assertThat(abilities.notifications().isEmpty())
                .isNotEqualTo(abilities.extensions().contains("enotify"));
    }
}
