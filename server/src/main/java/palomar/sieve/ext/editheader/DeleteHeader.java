package palomar.sieve.ext.editheader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import palomar.message.edit.Field;
import palomar.message.edit.FieldName;
import palomar.message.edit.Header;
import palomar.sieve.Arguments;
import palomar.sieve.Flow;
import palomar.sieve.Run;
import palomar.sieve.Statement;
import palomar.sieve.Text;
import palomar.sieve.match.Matching;

/// `deleteheader`. Immutable. RFC 5293 5
///
/// @param index which field of the name; 0: all of them
/// @param last count from the end
/// @param matching with the patterns; empty: there are none
record DeleteHeader(Text name, long index, boolean last, Optional<Matching> matching) implements Statement {

    static Statement compile(Arguments arguments) {
        EditHeaderExtension.checkName(arguments);
        return new DeleteHeader(
                arguments.string("field name"),
                arguments.has(":index") ? arguments.number(":index") : 0,
                arguments.has(":last"),
                arguments.has("value patterns")
                        ? Optional.of(arguments.quietMatching("value patterns"))
                        : Optional.empty());
    }

    @Override
    public Flow execute(Run run) {
        String text = EditHeaderExtension.name(run, name);
        if (ProtectedFields.of(run).mayDelete(text)) {
            List<Field> fields = wanted(run.message().header(), FieldName.of(text));
            run.message()
                    .remove(matching.map(patterns -> matches(run, patterns, fields))
                            .orElse(fields));
        }
        return Flow.NEXT;
    }

    private List<Field> wanted(Header header, FieldName field) {
        if (index == 0) {
            return header.all(field);
        }
        return header.nth(field, index, last).map(List::of).orElse(List.of());
    }

    private static List<Field> matches(Run run, Matching patterns, List<Field> fields) {
        List<Field> found = new ArrayList<>();
        for (Field field : fields) {
            Matching.Pass pass = patterns.start(run);
            if (pass.offer(field.text()) || pass.end()) {
                found.add(field);
            }
        }
        return found;
    }
}
