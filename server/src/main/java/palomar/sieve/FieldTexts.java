package palomar.sieve;

import java.util.List;
import palomar.message.edit.Field;

/// What the `header` test compares of a field: the value of a tag such as `:mime :param`. Immutable.
@FunctionalInterface
public interface FieldTexts {
    /// The whole value, decoded.
    FieldTexts WHOLE = (run, field) -> List.of(field.text());

    List<String> texts(Run run, Field field);
}
