package palomar.message;

/// How many letters must be added, left out, exchanged, or swapped with their neighbour to make one word another,
/// up to a few. Counts bytes: a letter beyond ASCII may count for more than one. One thread.
final class EditDistance {
    private int[] before = new int[WordSplitter.LONGEST + 1];
    private int[] row = new int[WordSplitter.LONGEST + 1];
    private int[] next = new int[WordSplitter.LONGEST + 1];

    /// The number of steps, or more than `most` when there are more.
    ///
    /// @param word at most [WordSplitter#LONGEST] bytes, as `text[from, to)`
    int between(byte[] word, byte[] text, int from, int to, int most) {
        int size = to - from;
        for (int j = 0; j <= size; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= word.length; i++) {
            next[0] = i;
            int least = i;
            for (int j = 1; j <= size; j++) {
                next[j] = steps(word, i, text, from, j);
                least = Math.min(least, next[j]);
            }
            if (least > most) {
                return most + 1;
            }
            int[] free = before;
            before = row;
            row = next;
            next = free;
        }
        return row[size];
    }

    private int steps(byte[] word, int i, byte[] text, int from, int j) {
        byte a = word[i - 1];
        byte b = text[from + j - 1];
        int steps = Math.min(Math.min(row[j], next[j - 1]) + 1, row[j - 1] + (a == b ? 0 : 1));
        boolean swapped = i > 1 && j > 1 && a == text[from + j - 2] && word[i - 2] == b;
        return swapped ? Math.min(steps, before[j - 2] + 1) : steps;
    }
}
