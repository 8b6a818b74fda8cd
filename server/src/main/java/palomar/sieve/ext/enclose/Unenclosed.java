package palomar.sieve.ext.enclose;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.message.edit.EditedMessage;
import palomar.message.edit.MessageVersion;
import palomar.sieve.Run;

/// The message of a run before it was enclosed first. RFC 5703 6
final class Unenclosed {
    private @Nullable EditedMessage message;
    private @Nullable MessageVersion version;

    private static Unenclosed of(Run run) {
        return run.state(Unenclosed.class, Unenclosed::new);
    }

    /// The message is about to be enclosed.
    static void keep(Run run) throws IOException {
        Unenclosed kept = of(run);
        if (kept.message != run.message()) {
            kept.message = run.message();
            kept.version = run.message().version();
        }
    }

    /// Empty when it is not enclosed.
    static Optional<MessageVersion> version(Run run) {
        Unenclosed kept = of(run);
        return kept.message == run.message() ? Optional.ofNullable(kept.version) : Optional.empty();
    }
}
