package palomar.sieve.ext.date;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import palomar.message.edit.DatePart;
import palomar.sieve.Arguments;
import palomar.sieve.Run;
import palomar.sieve.Text;

/// The part of a date that a test asks for. RFC 5260 4.2
///
/// @param constant when the name has no variables
record PartName(Text name, Optional<DatePart> constant) {
    static PartName of(Arguments arguments) {
        Text name = arguments.string("date part");
        Optional<DatePart> constant = name.constant().flatMap(DatePart::named);
        if (name.isConstant() && constant.isEmpty()) {
            arguments.error(
                    "date part",
                    "unknown date part '" + name.constant().orElse("") + "' for the " + arguments.label()
                            + ": allowed are " + all());
        }
        return new PartName(name, constant);
    }

    DatePart in(Run run) {
        if (constant.isPresent()) {
            return constant.get();
        }
        String text = name.value(run);
        return DatePart.named(text)
                .orElseThrow(() -> run.fault("unknown date part '" + text + "': allowed are " + all()));
    }

    private static String all() {
        return Arrays.stream(DatePart.values())
                .map(part -> part.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
