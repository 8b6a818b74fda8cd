package palomar.acl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RightsTest {

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "lrswipkxtea, lrswipkxteacd",
        "nra, ran",
        "aetxkpiwsrl, lrswipkxteacd",
        "c, kxc",
        "d, ted",
        "k, kc",
        "x, xc",
        "t, td",
        "e, ed",
        "cd, kxtecd",
        "lrswida, lrswitead",
        "lzr9, lr",
    })
    void lettersAreSortedWithTheOldOnesBehind(String given, String shown) {
        assertThat(Rights.ofLetters(given).lettersWithOld()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "lrs, lr, lr",
        "lrs, +w, lrsw",
        "lrs, +, lrs",
        "lrs, -, lrs",
        "lrs, '', ''",
        "lrs, -s, lr",
        "lrs, -w, lrs",
        "lrte, -d, lr",
        "lr, +cd, lrkxte",
        "lr, +lr, lr",
    })
    void changesAddRemoveAndReplace(String before, String change, String after) {
        RightsChange.Parsed parsed = RightsChange.parse(change);
        assertThat(parsed).isInstanceOf(RightsChange.Valid.class);
        Rights changed = ((RightsChange.Valid) parsed).change().apply(Rights.ofLetters(before));
        assertThat(changed).isEqualTo(Rights.ofLetters(after));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lrQ", "q", "+lz", "l r", "++l", "+-l", "l-", "0", "l\u00e9", "\n"})
    void whatIsNoRightIsRefused(String text) {
        assertThat(RightsChange.parse(text)).isInstanceOf(RightsChange.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anyone",
                "authenticated",
                "owner",
                "fred",
                "$team",
                "!$team",
                "-anyone",
                "-authenticated",
                "-owner",
                "-fred",
                "-$team",
                "-!$team",
                "-",
                "$",
                "!$",
                "-$",
                "--fred",
                "-!$",
                "Anyone",
                "fred smith",
                "\u00e9va"
            })
    void identifiersAreReadAsTheyAreWritten(String text) {
        assertThat(Identifier.parse(text).text()).isEqualTo(text);
    }

    @Test
    void theOwnersNameIsTheWordOwner() {
        assertThat(Identifier.parse("anna").inListOf("anna")).isEqualTo(Identifier.OWNER);
        assertThat(Identifier.parse("-anna").inListOf("anna").text()).isEqualTo("-owner");
        assertThat(Identifier.parse("fred").inListOf("anna").text()).isEqualTo("fred");
        assertThat(Identifier.parse("$anna").inListOf("anna").text()).isEqualTo("$anna");
        assertThat(Identifier.OWNER.shown("anna")).isEqualTo("anna");
        assertThat(Identifier.OWNER.shown("")).isEqualTo("owner");
        assertThat(Identifier.parse("-owner").shown("anna")).isEqualTo("-anna");
    }
}
