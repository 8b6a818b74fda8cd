package palomar.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserNamesTest {

    @ParameterizedTest
    @CsvSource({"joe, joe", "JOE@Example.ORG, joe@example.org", "a.b-c_d, a.b-c_d", ".joe, .joe", "0, 0"})
    void ordinaryNamesAreFolded(String given, String name) {
        assertThat(UserNames.DEFAULT.normalise(given)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a/b",
                "../x",
                "a b",
                "a\0b",
                "a\nb",
                "a\\b",
                "a:b",
                "a*b",
                "a+b",
                "j\u00f6e",
                "@x",
                "a@..",
                "..@a",
                "\u0130",
                "a\u212a"
            })
    void otherNamesAreNone(String given) {
        assertThat(UserNames.DEFAULT.normalise(given)).isEmpty();
    }

    @Test
    void namesAreBounded() {
        assertThat(UserNames.DEFAULT.normalise("a".repeat(255))).isPresent();
        assertThat(UserNames.DEFAULT.normalise("a".repeat(256))).isEmpty();
    }

    @Test
    void withoutAListOfCharactersOnlyHarmIsRefused() {
        UserNames all = new UserNames(true, "", "");

        assertThat(all.normalise("J\u00d6E+x")).contains("j\u00f6e+x");
        assertThat(all.normalise("a/b")).isEmpty();
        assertThat(all.normalise("..")).isEmpty();
        assertThat(all.normalise("a\nb")).isEmpty();
    }

    @Test
    void theRealmIsForNamesWithoutOne() {
        UserNames realm = new UserNames(true, UserNames.ALLOWED, "example.org");

        assertThat(realm.normalise("Joe")).contains("joe@example.org");
        assertThat(realm.normalise("joe@other.org")).contains("joe@other.org");
    }

    @Test
    void caseMayBeKept() {
        assertThat(new UserNames(false, UserNames.ALLOWED, "").normalise("Joe")).contains("Joe");
    }
}
