package palomar.sieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palomar.testkit.Seeds;

/// `:matches` and what its wildcards stand for. RFC 5228 2.7.1, RFC 5229 3.2
class GlobTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "i;octet | frop | frop | frop,,",
                "i;octet | frop | f*p | frop,ro,",
                "i;octet | frop | *r? | no",
                "i;octet | frop | ?r*? | frop,f,o",
                "i;octet | frop | ** | frop,,frop",
                "i;octet | a-b-c | *-* | a-b-c,a,b-c",
                "i;octet | aXbXc | *X | no",
                "i;octet | aXbX | *X | aXbX,aXb,",
                "i;octet | [acme-users] [fwd] it is out | [*] * | [acme-users] [fwd] it is out,acme-users,[fwd] it is out",
                "i;octet | coyote@ACME.Example.com | coyote@**.com | coyote@ACME.Example.com,,ACME.Example",
                "i;octet | Frop | frop | no",
                "i;ascii-casemap | FrOp | f*P | FrOp,rO,",
                "i;ascii-casemap | É | é | no",
                "i;ascii-casemap | é | ? | no",
                "i;ascii-casemap | aéb | a*b | aéb,é,",
                "i;unicode-casemap | É | ? | É,É,",
                "i;unicode-casemap | xÉy | X*Y | xÉy,É,",
                "i;unicode-casemap | xÉ | ?é | xÉ,x,",
                "i;unicode-casemap | Éa | *? | Éa,É,a",
                "i;unicode-casemap | aÉ | *? | aÉ,a,É",
                "i;octet | a*b | a\\\\*b | a*b,,",
                "i;octet | axb | a\\\\*b | no",
                "i;octet | a\\b | a\\\\\\\\b | a\\b,,",
            })
    void wildcardsTakeAsLittleAsTheyCan(String comparator, String value, String pattern, String expected)
            throws IOException {
        String require = comparator.startsWith("i;unicode") ? ", \"comparator-i;unicode-casemap\"" : "";
        Result result = Scripts.run("require [\"fileinto\", \"variables\"" + require + "]; set \"s\" \""
                + value.replace("\\", "\\\\")
                + "\"; if string :matches :comparator \"" + comparator + "\" \"${s}\" \"" + pattern
                + "\" { set \"x\" \"${0},${1},${2}\"; } else { set \"x\" \"no\"; } fileinto \"x${x}\";");
        String took = ((Action.FileInto) result.actions().getFirst()).mailbox();
        assertThat(took).isEqualTo("x" + expected);
    }

    @Test
    void itAgreesWithTheSimplestMatcherThereIs() throws IOException {
        RandomGenerator random = Seeds.random("glob");
        for (int i = 0; i < 3000; i++) {
            String value = text(random, "ab", 8);
            String pattern = text(random, "ab*?", 6);
            boolean found = Scripts.isTrue(
                    "\"variables\"", "string :matches :comparator \"i;octet\" \"" + value + "\" \"" + pattern + "\"");
            assertThat(found).as("%s ~ %s", value, pattern).isEqualTo(simple(value, pattern));
        }
    }

    @Test
    void manyStarsTakeNoLongTime() {
        String value = "a".repeat(4000);
        String pattern = "*a".repeat(300) + "*b";
        Limits few = limits(2_000_000);
        Program program = Scripts.program(
                "require \"variables\"; if string :matches \"" + value + "\" \"" + pattern + "\" { discard; }");
        assertThat(catchThrowable(() -> Scripts.run(program, few))).isNull();
    }

    @Test
    void workIsLimitedInSteps() {
        Program program = Scripts.program("require \"variables\"; if string :matches \"" + "a".repeat(20_000) + "\" \"*"
                + "a".repeat(5_000) + "?b*\" { discard; }");
        assertThatThrownBy(() -> Scripts.run(program, limits(100_000)))
                .isInstanceOf(SieveFault.class)
                .hasMessageContaining("processor time limit");
    }

    private static Limits limits(long steps) {
        Limits usual = Limits.USUAL;
        return new Limits(
                usual.mostScriptBytes(),
                usual.mostActions(),
                usual.mostRedirects(),
                usual.mostNotifications(),
                usual.mostNesting(),
                usual.mostIncludes(),
                usual.mostIncludeDepth(),
                usual.mostVariableBytes(),
                usual.mostVariables(),
                Duration.ofHours(1),
                steps,
                usual.mostMemory());
    }

    private static String text(RandomGenerator random, String letters, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    private static boolean simple(String value, String pattern) {
        if (pattern.isEmpty()) {
            return value.isEmpty();
        }
        String rest = pattern.substring(1);
        return switch (pattern.charAt(0)) {
            case '*' -> simple(value, rest) || !value.isEmpty() && simple(value.substring(1), pattern);
            case '?' -> !value.isEmpty() && simple(value.substring(1), rest);
            default -> value.startsWith(pattern.substring(0, 1)) && simple(value.substring(1), rest);
        };
    }
}
