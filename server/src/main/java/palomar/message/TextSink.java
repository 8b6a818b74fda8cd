package palomar.message;

/// Takes the text of a message in pieces. One thread.
interface TextSink {

    /// Text as [#feed(byte[],int,int)] wants it, when it is not plain ASCII.
    byte[] fold(String text);

    /// More text: folded UTF-8, or plain ASCII in any case; true when no more is needed.
    boolean feed(byte[] bytes, int from, int to);
}
