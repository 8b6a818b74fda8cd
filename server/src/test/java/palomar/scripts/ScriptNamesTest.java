package palomar.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.testkit.Seeds;

class ScriptNamesTest {

    @Test
    void whatRfc5804ForbidsIsNoName() {
        List<String> bad = List.of(
                "",
                "a\nb",
                "\u0000",
                "\u007f",
                "\u0085",
                "\u009f",
                "\u2028",
                "\u2029",
                "\uFEFFa",
                "\uFFFF",
                "\uD800",
                "\uFDD0",
                "x".repeat(129));
        assertThat(bad).allSatisfy(text -> assertThat(ScriptName.of(text)).isEmpty());
        List<String> good =
                List.of("a", " ", "\u00a0", "x".repeat(128), "\uD83D\uDE00".repeat(128), "\"\\", "a/b", "Ü");
        assertThat(good).allSatisfy(text -> assertThat(ScriptName.of(text)).isPresent());
    }

    @Test
    void fileNames() {
        Map<String, String> files = Map.of(
                "work", "work.sieve",
                "a/b", "a%2Fb.sieve",
                ".x", "%2Ex.sieve",
                "..", "%2E..sieve",
                "50%", "50%.sieve",
                "a%20b", "a%20b.sieve",
                "a%2Fb", "a%252Fb.sieve",
                "a%2Eb", "a%2Eb.sieve",
                "%2Eb", "%252Eb.sieve",
                "%25", "%2525.sieve");
        files.forEach((name, file) -> {
            assertThat(ScriptFileNames.of(new ScriptName(name))).contains(file);
            assertThat(ScriptFileNames.parse(file)).contains(new ScriptName(name));
        });
        assertThat(List.of("work", ".sieve", ".a.sieve", "x.svbin", "x.sieve~", "a\u0001.sieve"))
                .allSatisfy(file -> assertThat(ScriptFileNames.parse(file)).isEmpty());
    }

    @Test
    void noTwoNamesShareAFile() {
        RandomGenerator random = Seeds.random("file names");
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = 1 + random.nextInt(8); length > 0; length--) {
                text.append("%25FE./a".charAt(random.nextInt(8)));
            }
            ScriptName name = new ScriptName(text.toString());
            String file = ScriptFileNames.of(name).orElseThrow();
            assertThat(file).doesNotContain("/").doesNotStartWith(".");
            assertThat(ScriptFileNames.parse(file)).isEqualTo(Optional.of(name));
            String other = names.put(file, name.value());
            assertThat(other == null || other.equals(name.value())).isTrue();
        }
    }
}
