package palomar.managesieve.proto;

/// A literal is larger than what is taken in its place.
final class TooBigException extends Exception {
    private static final long serialVersionUID = 1;
    private final long size;

    TooBigException(long size) {
        super("literal of " + size + " bytes", null, false, false);
        this.size = size;
    }

    long size() {
        return size;
    }
}
