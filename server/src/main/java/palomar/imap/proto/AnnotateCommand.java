package palomar.imap.proto;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// STORE and UID STORE of annotations. RFC 5257 4.5
public sealed interface AnnotateCommand extends Command.InSelected {

    /// @param values empty ones are removed
    record Store(
            Tag tag, NumberSet targets, Map<AnnotationKey, Optional<byte[]>> values, OptionalLong unchangedSince)
            implements AnnotateCommand {
        public Store {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /// A value was longer than a command may be, and has been passed over.
    record TooLong(Tag tag) implements AnnotateCommand {}
}
