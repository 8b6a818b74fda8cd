package palomar.sieve;

import java.io.IOException;
import java.util.List;
import palomar.message.edit.Field;
import palomar.message.edit.FieldName;

/// Which fields of a name a test sees. Immutable.
@FunctionalInterface
public interface FieldSource {
    /// Those of the message, or of the part that a loop is at.
    FieldSource MESSAGE = (run, name) -> run.header().all(name);

    List<Field> fields(Run run, FieldName name) throws IOException;

    /// Value of a tag that makes the test look elsewhere, as `:index` and `:mime`.
    ///
    /// @param order those with a low number are nearer to the message: `:mime` 10, `:index` 20
    record Wrapper(int order, Wrapping wrapping) {}

    /// Makes one source out of another.
    interface Wrapping {
        FieldSource around(FieldSource inner);
    }
}
