package palomar.sieve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import palomar.message.edit.Field;
import palomar.message.edit.FieldName;
import palomar.message.edit.Header;

/// Which fields of certain names a test sees. Immutable.
@FunctionalInterface
public interface FieldSource {
    /// Those of the message, also in a loop over its parts: RFC 5703 4.2
    FieldSource MESSAGE = (run, names) -> all(run.message().header(), names);

    /// Those of the first name, then those of the second and so on; each as they stand in the header.
    List<Field> fields(Run run, List<FieldName> names) throws IOException;

    static List<Field> all(Header header, List<FieldName> names) {
        if (names.size() == 1) {
            return header.all(names.getFirst());
        }
        List<Field> found = new ArrayList<>();
        for (FieldName name : names) {
            found.addAll(header.all(name));
        }
        return found;
    }

    /// Value of a tag that makes the test look elsewhere, as `:index` and `:mime`.
    ///
    /// @param order those with a low number are nearer to the message: `:mime` 10, `:index` 20
    record Wrapper(int order, Wrapping wrapping) {}

    /// Makes one source out of another.
    interface Wrapping {
        FieldSource around(FieldSource inner);
    }
}
