package palomar.fuzz;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The words that seeds are made of, as a dictionary of libFuzzer: what guidance alone would find letter by
/// letter.
final class FuzzWords {
    private static final int SHORTEST = 2;
    private static final int LONGEST = 24;
    private static final int MOST = 500;

    private FuzzWords() {}

    /// The most frequent words of `seeds`, one a line.
    static String of(List<byte[]> seeds) {
        Map<String, Integer> counts = new TreeMap<>();
        for (byte[] seed : seeds) {
            count(seed, counts);
        }
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .map(entry -> '"' + entry.getKey() + "\"\n")
                .collect(Collectors.joining());
    }

    private static void count(byte[] seed, Map<String, Integer> counts) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= seed.length; i++) {
            if (i < seed.length && inWord(seed[i])) {
                word.append((char) seed[i]);
            } else {
                if (word.length() >= SHORTEST && word.length() <= LONGEST) {
                    counts.merge(word.toString(), 1, Integer::sum);
                }
                word.setLength(0);
            }
        }
    }

    private static boolean inWord(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || "-=.:$*".indexOf(b) >= 0;
    }
}
