package palomar.sieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "header \"subject\" \"i HAVE a présent for you\" | true",
                "header :comparator \"i;octet\" \"subject\" \"i HAVE a présent for you\" | false",
                "header :contains \"Subject\" [\"nothing\", \"PRésent\"] | true",
                "header :matches \"subject\" \"*pr??sent*\" | true",
                "header :matches \"subject\" \"*pr?sent*\" | false",
                "header :matches \"x-empty\" \"?*\" | false",
                "header :is \"x-empty\" \"\" | true",
                "header :contains \"x-absent\" \"\" | false",
                "not exists [\"from\", \"x-absent\"] | true",
                "exists [\"from\", \"to\"] | true",
                "address :domain \"to\" \"acme.example.com\" | true",
                "address :localpart :matches \"to\" \"road*\" | true",
                "address :user \"to\" \"roadrunner\" | true",
                "address :detail \"to\" \"feet\" | true",
                "address :detail \"from\" \"\" | false",
                "envelope \"from\" \"coyote@desert.example.org\" | true",
                "envelope :detail \"TO\" \"feet\" | true",
                "address :count \"eq\" :comparator \"i;ascii-numeric\" \"to\" \"2\" | true",
                "header :value \"gt\" :comparator \"i;ascii-numeric\" \"x-number\" \"9\" | true",
                "header :count \"ge\" :comparator \"i;ascii-numeric\" [\"x-number\", \"from\"] \"3\" | false",
                "size :over 100 | true",
                "size :under 1K | true",
                "size :over 1G | false",
                "allof(true, not false) | true",
                "anyof(false, false) | false",
                "string \"${unset}\" \"\" | true",
                "header :comparator \"i;unicode-casemap\" \"subject\" \"I HAVE A PRÉSENT FOR YOU\" | true",
                "header :comparator \"i;unicode-casemap\" :matches \"subject\" \"*PR?SENT*\" | true",
            })
    void testsAreTrueOrFalse(String test, boolean expected) throws IOException {
        String require = """
                "variables", "envelope", "subaddress", "relational", "comparator-i;ascii-numeric",
                "comparator-i;unicode-casemap"\
                """;
        assertThat(Scripts.isTrue(require, test)).isEqualTo(expected);
    }

    @Test
    void variablesTakeWhatWildcardsStandFor() throws IOException {
        Result result = Scripts.run("""
                require ["variables", "fileinto"];
                if header :matches "subject" "* have * for *" { fileinto "${1}.${2}.${3}"; }
                set :upperfirst :lower "Name" "jUMBLED";
                set :length "n" "${NAME}x";
                set :quotewildcard "q" "a*b?\\\\";
                fileinto "${name}-${n}-${q}";
                """);
        assertThat(result.actions())
                .extracting(action -> ((Action.FileInto) action).mailbox())
                .containsExactly("I.a présent.you", "Jumbled-8-a\\*b\\?\\\\");
    }

    @Test
    void repeatedActionsTakeNoSecondPlace() throws IOException {
        Result result = Scripts.run("""
                require ["fileinto", "copy"];
                fileinto "a"; fileinto :copy "a"; keep; fileinto "INBOX"; keep; redirect "a@b.example";
                redirect "a@B.example"; discard; discard;
                """);
        assertThat(result.actions()).extracting(Action::name).containsExactly("store", "keep", "redirect", "discard");
        assertThat(result.implicitKeep()).isFalse();
    }

    @Test
    void copiesLeaveTheImplicitKeep() throws IOException {
        Result result =
                Scripts.run("require [\"fileinto\", \"copy\"]; fileinto :copy \"a\"; redirect :copy \"a@b.example\";");
        assertThat(result.actions()).hasSize(2);
        assertThat(result.implicitKeep()).isTrue();
    }

    @Test
    void policyLimitsEndARun() {
        assertThatThrownBy(() -> Scripts.run("""
                        redirect "a@b.example"; redirect "b@b.example"; redirect "c@b.example"; redirect "d@b.example";
                        redirect "e@b.example";
                        """))
                .isInstanceOf(SieveFault.class)
                .hasMessageContaining("number of redirect actions exceeds policy limit");
        StringBuilder many = new StringBuilder("require \"fileinto\";");
        for (int i = 0; i < 33; i++) {
            many.append("fileinto \"box").append(i).append("\";");
        }
        assertThatThrownBy(() -> Scripts.run(many.toString()))
                .isInstanceOf(SieveFault.class)
                .hasMessageContaining("total number of actions exceeds policy limit");
    }

    @Test
    void onlyOneBranchIsTakenAndOnlyOnce() throws IOException {
        Result result = Scripts.run("""
                require ["fileinto", "variables"];
                if false { set "n" "${n}a"; } elsif true { set "n" "${n}b"; } elsif true { set "n" "${n}c"; }
                else { set "n" "${n}d"; }
                if false { set "n" "${n}e"; } else { set "n" "${n}f"; }
                fileinto "${n}";
                """);
        assertThat(((Action.FileInto) result.actions().getFirst()).mailbox()).isEqualTo("bf");
    }

    @Test
    void ihaveHidesWhatIsNotThere() throws IOException {
        Result result = Scripts.run("""
                require "ihave";
                if ihave "nonsense" { frobnicate; } elsif ihave "fileinto" { fileinto "a"; } else { frob; }
                if not ihave "nonsense" { fileinto "b"; } else { blah "x"; }
                if anyof (ihave "nonsense", true) { fileinto "c"; }
                if allof (ihave "nonsense", frobnicated "x") { blah; }
                if anyof (not ihave "nonsense", frobnicated "x") { fileinto "d"; }
                """);
        assertThat(result.actions()).hasSize(4);
    }

    @Test
    void anExtensionIsNotUsedBeforeItsIhaveWasTrue() {
        assertThatThrownBy(
                        () -> Scripts.run(
                                "require \"ihave\"; if allof (header \"a\" \"b\", ihave \"fileinto\") { keep; } fileinto \"a\";"))
                .isInstanceOf(SieveFault.class)
                .hasMessageContaining("'fileinto'");
    }
}
