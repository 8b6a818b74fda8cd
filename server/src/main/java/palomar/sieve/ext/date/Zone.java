package palomar.sieve.ext.date;

import java.util.Optional;
import java.util.OptionalInt;
import palomar.message.edit.HeaderDate;
import palomar.sieve.Arguments;
import palomar.sieve.Run;
import palomar.sieve.Text;

/// The time zone in which a test looks at a date. RFC 5260 4.1
///
/// @param original the one that is written there
/// @param named what stands behind `:zone`; empty: the user's own
record Zone(boolean original, Optional<Text> named) {
    private static final String EXPECTED = ": expected an offset as +hhmm or -hhmm";

    static Zone of(Arguments arguments) {
        Optional<Text> named = arguments.has(":zone") ? Optional.of(arguments.string(":zone")) : Optional.empty();
        named.flatMap(Text::constant)
                .filter(text -> HeaderDate.zone(text).isEmpty())
                .ifPresent(text -> arguments.error(
                        ":zone",
                        "invalid time zone '" + text + "' for the :zone tag of the " + arguments.label() + EXPECTED));
        return new Zone(arguments.has(":originalzone"), named);
    }

    HeaderDate shift(Run run, HeaderDate date) {
        if (original) {
            return date;
        }
        if (named.isEmpty()) {
            return date.in(run.host().zone());
        }
        String text = named.get().value(run);
        OptionalInt minutes = HeaderDate.zone(text);
        if (minutes.isEmpty()) {
            throw run.fault("invalid time zone '" + text + "'" + EXPECTED);
        }
        return date.in(minutes.getAsInt());
    }
}
