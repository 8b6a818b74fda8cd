package palomar.message;

import java.util.Arrays;

/// How well a text has what a fuzzy search looks for: of each word of the query the word most like it, weighed by
/// where it stands; a query of more than one word counts in full where it stands letter by letter. One thread, one
/// message at a time.
final class FuzzyMatcher implements TextSink {
    private final FuzzyQuery query;
    private final FoldedMatcher phrase;
    private final WordSplitter splitter;
    private final EditDistance distance = new EditDistance();
    private final int[] best;
    private int bestPhrase;
    private int weight;

    FuzzyMatcher(FuzzyQuery query) {
        this.query = query;
        this.phrase = new FoldedMatcher(query.phrase());
        this.splitter = new WordSplitter(this::word);
        this.best = new int[query.words().size()];
    }

    /// Another message.
    void begin() {
        Arrays.fill(best, 0);
        bestPhrase = 0;
        text(100);
    }

    /// Another text of the message; what was before has ended.
    ///
    /// @param percent what is found there counts for
    void text(int percent) {
        splitter.end();
        phrase.reset();
        weight = percent;
    }

    @Override
    public byte[] fold(String text) {
        return phrase.fold(text);
    }

    @Override
    public boolean feed(byte[] bytes, int from, int to) {
        int worth = query.phraseWorth() * weight / 100;
        if (bestPhrase < worth && phrase.feed(bytes, from, to)) {
            bestPhrase = worth;
        }
        if (bestPhrase < weight) {
            splitter.feed(bytes, from, to);
        }
        return bestPhrase >= weight || worst() >= weight;
    }

    private int worst() {
        int worst = best.length == 0 ? 0 : 100;
        for (int each : best) {
            worst = Math.min(worst, each);
        }
        return worst;
    }

    private void word(byte[] bytes, int from, int to) {
        int letters = FuzzyQuery.signature(bytes, from, to);
        for (int i = 0; i < best.length; i++) {
            if (best[i] < weight) {
                int likeness = query.words().get(i).likeness(bytes, from, to, letters, distance);
                best[i] = Math.max(best[i], likeness * weight / 100);
            }
        }
    }

    /// 1 to 100, or 0 when a word of the query has nothing like it anywhere.
    int score() {
        splitter.end();
        if (best.length == 0) {
            return bestPhrase;
        }
        int sum = 0;
        for (int each : best) {
            int likeness = Math.max(each, bestPhrase);
            if (likeness == 0) {
                return 0;
            }
            sum += likeness;
        }
        return Math.max(1, sum / best.length);
    }
}
