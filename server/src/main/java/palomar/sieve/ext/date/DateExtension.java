package palomar.sieve.ext.date;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import palomar.message.edit.DatePart;
import palomar.message.edit.Field;
import palomar.message.edit.FieldName;
import palomar.message.edit.HeaderDate;
import palomar.sieve.Arguments;
import palomar.sieve.Condition;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.FieldNames;
import palomar.sieve.FieldSource;
import palomar.sieve.Run;
import palomar.sieve.Spec;
import palomar.sieve.Tag;
import palomar.sieve.match.Matching;

/// RFC 5260 4, 5
public final class DateExtension implements Extension {
    private static final String ZONE_GROUP = "time zone";

    @Override
    public String name() {
        return "date";
    }

    @Override
    public void declare(Declarations declarations) {
        Tag zone = Tag.of("zone").string().group(ZONE_GROUP);
        declarations.test(
                Spec.of("date")
                        .tag(zone)
                        .tag(Tag.of("originalzone").group(ZONE_GROUP))
                        .matchTags()
                        .string("header name")
                        .string("date part")
                        .strings("key list")
                        .saying(words -> "of the date in the header field " + words.of("header name") + " the "
                                + words.of("date part") + " " + words.match("key list")),
                DateExtension::date);
        declarations.test(
                Spec.of("currentdate")
                        .tag(zone)
                        .matchTags()
                        .string("date part")
                        .strings("key list")
                        .saying(words ->
                                "of the time it is now the " + words.of("date part") + " " + words.match("key list")),
                DateExtension::currentDate);
    }

    private static Condition date(Arguments arguments) {
        FieldNames name = FieldNames.of(arguments.strings("header name"));
        Zone zone = Zone.of(arguments);
        PartName part = PartName.of(arguments);
        FieldSource source = arguments.fields();
        Matching matching = arguments.matching("key list");
        return run -> {
            HeaderDate date = first(run, source, name.in(run));
            Matching.Pass pass = matching.start(run);
            if (date == null) {
                return pass.counts() && pass.end();
            }
            return pass.offer(part.in(run).of(zone.shift(run, date))) || pass.end();
        };
    }

    /// Only the first field counts, whether there is a date in it or not. RFC 5260 4
    private static @Nullable HeaderDate first(Run run, FieldSource source, List<FieldName> names) throws IOException {
        List<Field> fields = source.fields(run, names);
        return fields.isEmpty() ? null : fields.getFirst().date();
    }

    private static Condition currentDate(Arguments arguments) {
        Zone zone = Zone.of(arguments);
        PartName part = PartName.of(arguments);
        Matching matching = arguments.matching("key list");
        return run -> {
            HeaderDate now = HeaderDate.at(run.host().now(), run.host().zone());
            Matching.Pass pass = matching.start(run);
            DatePart asked = part.in(run);
            return pass.offer(asked.of(zone.shift(run, now))) || pass.end();
        };
    }
}
