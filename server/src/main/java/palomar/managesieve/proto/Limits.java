package palomar.managesieve.proto;

/// What a client may make us read.
///
/// @param line bytes of one command without its literals
/// @param text bytes of a literal that is a name, a mechanism or a tag
/// @param response bytes of a literal or quoted string of an authentication
/// @param script bytes of a script; a longer one is skipped and refused
/// @param skipped bytes that are skipped after an error, before the connection is given up
public record Limits(int line, int text, int response, int script, long skipped) {
    /// No stranger has a script to put.
    public static final Limits BEFORE_LOGIN = new Limits(16 << 10, 1024, 12_288, 0, 64 << 10);

    public static final Limits AFTER_LOGIN = new Limits(16 << 10, 4096, 12_288, 1 << 20, 64 << 20);

    public Limits withScript(int bytes) {
        return new Limits(line, text, response, bytes, skipped);
    }
}
