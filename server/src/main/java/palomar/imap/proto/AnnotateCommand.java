package palomar.imap.proto;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// STORE and UID STORE of annotations. RFC 5257 4.5
public sealed interface AnnotateCommand extends Command.InSelected {

    /// @param values empty ones are removed
    record Store(Tag tag, NumberSet targets, Map<AnnotationKey, Optional<byte[]>> values, OptionalLong unchangedSince)
            implements AnnotateCommand {
        public Store {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("Annotate[tag=" + tag + ", targets=" + targets);
            unchangedSince.ifPresent(modSeq -> text.append(", unchangedSince=").append(modSeq));
            values.forEach((key, value) -> text.append(", ")
                    .append(key.entry())
                    .append(key.shared() ? " shared" : " priv")
                    .append(value.isPresent() ? "=" + value.get().length + " bytes" : "=NIL"));
            return text.append(']').toString();
        }
    }

    /// A value was longer than a command may be, and has been passed over.
    record TooLong(Tag tag) implements AnnotateCommand {}
}
