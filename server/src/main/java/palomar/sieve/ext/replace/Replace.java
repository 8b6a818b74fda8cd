package palomar.sieve.ext.replace;

import java.io.IOException;
import java.util.Optional;
import palomar.message.edit.PartCursor;
import palomar.sieve.Flow;
import palomar.sieve.Run;
import palomar.sieve.Statement;
import palomar.sieve.Text;

/// Puts text in the place of the part that a loop is at, or of all content of the message. Immutable. RFC 5703 5
///
/// @param mime the text is a whole entity, with a header of its own
/// @param subject of the message, when all of it is replaced
/// @param from likewise; what is no list of mailboxes is ignored
record Replace(boolean mime, Optional<Text> subject, Optional<Text> from, Text replacement) implements Statement {
    /// The tree of parts is copied on the way to the part.
    private static final int STEPS = 1000;

    @Override
    public Flow execute(Run run) throws IOException {
        String text = replacement.value(run);
        run.charge(STEPS + text.length() / 16);
        run.hold(2L * text.length());
        PartCursor cursor = run.cursor().orElse(null);
        if (cursor != null && mime) {
            run.message().replaceByEntity(cursor, text);
        } else if (cursor != null) {
            run.message().replace(cursor, text);
        } else if (mime) {
            run.message().replaceAllByEntity(text);
        } else {
            run.message().replaceAll(text, subject.map(each -> each.value(run)), from.map(each -> each.value(run)));
        }
        return Flow.NEXT;
    }
}
