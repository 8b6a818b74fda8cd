package palomar.storage;

/// A standing wish to be woken. After [#close()] returns the wish is gone, though a call under way may still end.
public interface Watch extends AutoCloseable {
    @Override
    void close();
}
