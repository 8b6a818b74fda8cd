package palomar.sieve.ext.metadata;

import java.util.Optional;
import palomar.sieve.Arguments;
import palomar.sieve.Condition;
import palomar.sieve.MailboxNames;
import palomar.sieve.Run;
import palomar.sieve.Spec;
import palomar.sieve.Text;
import palomar.sieve.Texts;
import palomar.sieve.match.Matching;

/// The tests of both extensions; those of mailboxes have one argument more.
final class MetadataTests {
    private static final String MAILBOX = "mailbox";
    private static final String NAME = "annotation name";
    private static final String NAMES = "annotation names";
    private static final String KEYS = "key list";

    private MetadataTests() {}

    static Spec value(String test, boolean ofMailbox) {
        Spec spec = Spec.of(test).matchTags();
        return (ofMailbox ? spec.string(MAILBOX) : spec).string(NAME).strings(KEYS);
    }

    static Spec exists(String test, boolean ofMailbox) {
        Spec spec = Spec.of(test);
        return (ofMailbox ? spec.string(MAILBOX) : spec).strings(NAMES);
    }

    static Condition compileValue(Arguments arguments) {
        Place place = Place.of(arguments);
        Entries.warn(arguments, NAME);
        Text name = arguments.string(NAME);
        Matching matching = arguments.matching(KEYS);
        return run -> {
            Matching.Pass pass = matching.start(run);
            Optional<String> value = place.value(run, name.value(run));
            return value.isPresent() && (pass.offer(value.get()) || pass.end())
                    || value.isEmpty() && pass.counts() && pass.end();
        };
    }

    static Condition compileExists(Arguments arguments) {
        Place place = Place.of(arguments);
        Entries.warn(arguments, NAMES);
        Texts names = arguments.strings(NAMES);
        return run -> {
            for (String name : names.values(run)) {
                if (place.value(run, name).isEmpty()) {
                    return false;
                }
            }
            return true;
        };
    }

    /// @param mailbox empty: the server
    private record Place(Optional<Text> mailbox) {
        static Place of(Arguments arguments) {
            if (!arguments.has(MAILBOX)) {
                return new Place(Optional.empty());
            }
            MailboxNames.check(arguments, MAILBOX);
            return new Place(Optional.of(arguments.string(MAILBOX)));
        }

        Optional<String> value(Run run, String entry) {
            Optional<String> name = mailbox.map(text -> text.value(run));
            boolean valid =
                    Entries.isValid(entry) && name.map(MailboxNames::isValid).orElse(true);
            return valid ? run.host().metadata(name, entry) : Optional.empty();
        }
    }
}
