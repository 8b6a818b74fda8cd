package palomar.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import palomar.testkit.Seeds;

class FuzzyQueryTest {

    private static int score(String query, String text) {
        FuzzyMatcher matcher = new FuzzyMatcher(new FuzzyQuery(query));
        matcher.begin();
        byte[] folded = matcher.fold(text);
        matcher.feed(folded, 0, folded.length);
        return matcher.score();
    }

    @Test
    void wordsAreLikeOthersMoreOrLess() {
        assertThat(score("hello", "Say HELLO.")).isEqualTo(100);
        assertThat(score("Helo", "hello")).isEqualTo(50);
        assertThat(score("Helo", "help")).isEqualTo(50);
        assertThat(score("recieve", "to receive mail")).isEqualTo(60);
        assertThat(score("confirmatoin", "the confirmation")).isEqualTo(60);
        assertThat(score("confermatoin", "the confirmation")).isEqualTo(25);
        assertThat(score("garden", "gardening")).isBetween(70, 99);
        assertThat(score("work", "paperworks")).isEqualTo(35);
        assertThat(score("cafe", "un caf\u00e9")).isEqualTo(100);
        assertThat(score("CAF\u00c9", "cafe")).isEqualTo(100);
        assertThat(score("m\u00fcnch", "M\u00dcNCHEN")).isBetween(70, 99);
        assertThat(score("\u043f\u0440\u0438\u0432\u0435\u0442", "\u041f\u0420\u0418\u0412\u0415\u0422!"))
                .isEqualTo(100);
    }

    @Test
    void otherWordsAreNotLike() {
        for (String other : List.of("", "world", "shell", "he", "h e l l o", "12345", "---")) {
            assertThat(score("hello", other)).as(other).isZero();
        }
        assertThat(score("the", "then ten")).isPositive();
        assertThat(score("cat", "car")).isZero();
        assertThat(score("ab", "abc")).isEqualTo(35);
    }

    @Test
    void eachWordOfTheQueryMustBeThere() {
        assertThat(score("quick fox", "the quick brown fox")).isEqualTo(100);
        assertThat(score("quick wolf", "the quick brown fox")).isZero();
        assertThat(score("quikc fox", "the quick brown fox")).isBetween(60, 90);
    }

    @Test
    void theQueryItselfCountsInFullWhereverWordsEnd() {
        assertThat(score("rown f", "the quick brown fox")).isEqualTo(100);
        assertThat(score("!?", "what!?")).isEqualTo(100);
        assertThat(score("!?", "what")).isZero();
    }

    @Test
    void oneStepOfAnyKindIsFoundAndTheScoreIsTheSameTornAnywhere() {
        var random = Seeds.random("fuzzy");
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        for (int round = 0; round < 300; round++) {
            StringBuilder word = new StringBuilder();
            for (int i = 0; i < 4 + random.nextInt(20); i++) {
                word.append(letters.charAt(random.nextInt(26)));
            }
            StringBuilder changed = new StringBuilder(word);
            int at = random.nextInt(word.length());
            switch (random.nextInt(4)) {
                case 0 -> changed.insert(at, 'x');
                case 1 -> changed.deleteCharAt(at);
                case 2 -> changed.setCharAt(at, 'x');
                default -> changed.insert(0, changed.charAt(at)).deleteCharAt(at + 1);
            }
            boolean swapped = changed.length() == word.length() && at > 1 && changed.indexOf("x") < 0;
            String text = "before " + changed + " after";
            if (!swapped && word.length() >= 5) {
                assertThat(score(word.toString(), text))
                        .as(word + " " + changed)
                        .isPositive();
            }
            assertThat(torn(word.toString(), text, 1 + random.nextInt(5)))
                    .as(word + " " + changed)
                    .isEqualTo(score(word.toString(), text));
        }
    }

    private static int torn(String query, String text, int size) {
        FuzzyMatcher matcher = new FuzzyMatcher(new FuzzyQuery(query));
        matcher.begin();
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < bytes.length; at += size) {
            matcher.feed(bytes, at, Math.min(bytes.length, at + size));
        }
        return matcher.score();
    }

    @Test
    void theDistanceIsThatOfTheTextbook() {
        var random = Seeds.random("distance");
        EditDistance distance = new EditDistance();
        for (int round = 0; round < 2000; round++) {
            String a = word(random);
            String b = word(random);
            byte[] text = b.getBytes(StandardCharsets.US_ASCII);
            int steps = distance.between(a.getBytes(StandardCharsets.US_ASCII), text, 0, text.length, 2);
            assertThat(Math.min(steps, 3)).as(a + " " + b).isEqualTo(Math.min(3, naive(a, b)));
        }
    }

    private static String word(java.util.random.RandomGenerator random) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            word.append((char) ('a' + random.nextInt(3)));
        }
        return word.toString();
    }

    /// By recursion over the words' ends, as the definition has it.
    private static int naive(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.length() + b.length();
        }
        String c = a.substring(0, a.length() - 1);
        String d = b.substring(0, b.length() - 1);
        boolean same = a.charAt(c.length()) == b.charAt(d.length());
        List<Integer> ways = new ArrayList<>(List.of(naive(c, b) + 1, naive(a, d) + 1, naive(c, d) + (same ? 0 : 1)));
        boolean swapped = !c.isEmpty()
                && !d.isEmpty()
                && a.charAt(c.length()) == d.charAt(d.length() - 1)
                && c.charAt(c.length() - 1) == b.charAt(d.length());
        if (swapped) {
            ways.add(naive(c.substring(0, c.length() - 1), d.substring(0, d.length() - 1)) + 1);
        }
        return ways.stream().min(Integer::compare).get();
    }

    @Test
    void longWordsAndManyWordsHaveAnEnd() {
        assertThat(score("x".repeat(100_000), "x".repeat(70))).isPositive();
        assertThat(score("a1 ".repeat(10_000) + "zz", "a1 b2")).isEqualTo(100);
    }
}
