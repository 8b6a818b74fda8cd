package palomar.sieve.syntax;

/// A place in a script. Both count from 1; columns count characters.
public record Position(int line, int column) {
    public static final Position NONE = new Position(0, 0);

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
