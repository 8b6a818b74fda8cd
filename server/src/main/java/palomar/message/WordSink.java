package palomar.message;

/// Takes the words of a text. One thread.
interface WordSink {
    /// No more is wanted.
    boolean full();

    /// More text; blanks divide words, whatever they are and how many.
    void add(String text);

    /// What follows is another word.
    void gap();
}
