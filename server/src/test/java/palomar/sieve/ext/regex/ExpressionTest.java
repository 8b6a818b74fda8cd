package palomar.sieve.ext.regex;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import palomar.sieve.match.BadKey;
import palomar.sieve.match.Comparator;
import palomar.testkit.Seeds;

class ExpressionTest {
    private static final List<String> ATOMS =
            List.of("a", "b", ".", "[ab]", "[^a]", "[a-c]", "\\.", "\\w", "é", "\\\\", "\\+");
    private static final List<String> QUANTIFIERS = List.of("", "", "", "*", "+", "?", "{2}", "{0,2}", "{1,}");

    /// Anchors stand at the ends alone: Java gives up on some empty matches of groups that begin with one.
    @Test
    void expressionsMeanWhatTheyMeanToJava() throws BadKey {
        RandomGenerator random = Seeds.random("expressions");
        for (int i = 0; i < 10_000; i++) {
            StringBuilder pattern = new StringBuilder(random.nextInt(4) == 0 ? "^" : "");
            alternatives(random, pattern, 0);
            pattern.append(random.nextInt(4) == 0 ? "$" : "");
            String value = value(random);
            boolean expected = java.util.regex.Pattern.compile(pattern.toString(), java.util.regex.Pattern.DOTALL)
                    .matcher(value)
                    .find();
            assertThat(isFound(pattern.toString(), value))
                    .as("%s in %s", pattern, value)
                    .isEqualTo(expected);
        }
    }

    @Test
    void noTextMakesTheReaderFail() {
        RandomGenerator random = Seeds.random("texts");
        String letters = "ab()[]{}*+?|^$\\.,-:=0123w<>é\ud83d\ude00\udc80";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder pattern = new StringBuilder();
            for (int left = random.nextInt(16); left > 0; left--) {
                pattern.append(letters.charAt(random.nextInt(letters.length())));
            }
            for (Comparator.Folding folding : Comparator.Folding.values()) {
                try {
                    RegexKey.of(pattern.toString(), folding, true);
                } catch (BadKey refused) {
                    assertThat(refused).hasMessageStartingWith("invalid regular expression '");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "((",
                "()",
                "(a",
                "[",
                "[[:alpha:]",
                "a*",
                "a?",
                "(a?)",
                "(a*)*",
                "a|",
                "(a|b)",
                "{9}",
                "a{999}",
                "(a{9}){9}",
                "\\",
                "[^",
                "^",
                "$",
                "|",
                "((a*)*)*",
                "é?"
            })
    void tenKilobytesOfItAreNoHarm(String piece) throws InterruptedException {
        assertThat(failure(piece.repeat(10_000 / piece.length()))).isNull();
    }

    @Test
    void theLargestExpressionsFitOnTheStackOfAThread() throws Exception {
        for (String pattern : List.of("a?".repeat(2_000), "(a|b)".repeat(660), "x|".repeat(2_000), "[ab]*[ab]{1000}")) {
            assertThat(RegexKey.of(pattern, Comparator.Folding.NONE, true).size())
                    .isPositive();
            assertThat(failure(pattern)).as(pattern.substring(0, 10)).isNull();
        }
    }

    @Test
    void largeRangesAreNotFoldedCharacterByCharacter() throws BadKey {
        RegexKey large = RegexKey.of("[ -\udbff\udfff]".repeat(2_000), Comparator.Folding.UNICODE, false);
        assertThat(large.pattern().pattern()).doesNotContain("(?i");
        RegexKey small = RegexKey.of("^[\u00e0-\u00ff]$", Comparator.Folding.UNICODE, false);
        assertThat(small.pattern().matcher("\u00c9").find()).isTrue();
    }

    /// Of a search in a thread with the usual stack of 1 MiB; a bad expression is none.
    private static @Nullable Throwable failure(String pattern) throws InterruptedException {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Runnable search = () -> {
            try {
                RegexKey key = RegexKey.of(pattern, Comparator.Folding.ASCII, true);
                key.pattern().matcher("ab".repeat(1_000)).find();
            } catch (BadKey refused) {
                assertThat(refused).hasMessageStartingWith("invalid regular expression '");
            }
        };
        Thread thread = new Thread(null, search, "search", 1 << 20);
        thread.setUncaughtExceptionHandler((failed, thrown) -> failure.set(thrown));
        thread.start();
        thread.join();
        return failure.get();
    }

    private static boolean isFound(String pattern, String value) throws BadKey {
        Pattern compiled = RegexKey.of(pattern, Comparator.Folding.NONE, false).pattern();
        return compiled.matcher(value).find();
    }

    private static String value(RandomGenerator random) {
        StringBuilder value = new StringBuilder();
        for (int left = random.nextInt(8); left > 0; left--) {
            value.append("abcé.\\+ ".charAt(random.nextInt(8)));
        }
        return value.toString();
    }

    private static void alternatives(RandomGenerator random, StringBuilder pattern, int depth) {
        for (int left = random.nextInt(2); left >= 0; left--) {
            branch(random, pattern, depth);
            if (left > 0) {
                pattern.append('|');
            }
        }
    }

    private static void branch(RandomGenerator random, StringBuilder pattern, int depth) {
        for (int left = random.nextInt(4); left > 0; left--) {
            if (depth < 3 && random.nextInt(4) == 0) {
                pattern.append('(');
                alternatives(random, pattern, depth + 1);
                pattern.append(')');
            } else {
                pattern.append(ATOMS.get(random.nextInt(ATOMS.size())));
            }
            pattern.append(QUANTIFIERS.get(random.nextInt(QUANTIFIERS.size())));
        }
    }
}
