package palomar.sieve.ext.enclose;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import palomar.message.edit.DatePart;
import palomar.message.edit.Enclosure;
import palomar.message.edit.Field;
import palomar.message.edit.HeaderDate;
import palomar.sieve.FieldNames;
import palomar.sieve.Flow;
import palomar.sieve.Run;
import palomar.sieve.Statement;
import palomar.sieve.Text;

/// Makes the message an attachment of a new one. Immutable. RFC 5703 6
record Enclose(Optional<Text> subject, Optional<FieldNames> headers, Text text) implements Statement {
    private static final int STEPS = 1000;
    private static final int BYTES_OF_STEP = 512;

    @Override
    public Flow execute(Run run) throws IOException {
        String content = text.value(run);
        run.charge(STEPS + content.length() / 16 + run.message().size() / BYTES_OF_STEP);
        run.hold(2L * content.length());
        Unenclosed.keep(run);
        run.message()
                .enclose(new Enclosure(
                        subject.map(each -> each.value(run)),
                        headers.map(names -> names.in(run)).orElse(List.of()),
                        own(run),
                        content,
                        boundary(run.host().now())));
        return Flow.NEXT;
    }

    private static List<Field> own(Run run) {
        List<Field> fields = new ArrayList<>();
        HeaderDate now = HeaderDate.at(run.host().now(), run.host().zone());
        fields.add(Field.of("Date", DatePart.STD11.of(now)));
        run.host()
                .mainAddress()
                .or(() -> run.envelope().to())
                .ifPresent(address -> fields.add(Field.of("From", address)));
        return fields;
    }

    /// The same for the same delivery, so that one that is tried again makes the same message.
    private static String boundary(Instant now) {
        return "enclosed" + Long.toHexString(now.getEpochSecond()) + "x" + Integer.toHexString(now.getNano());
    }
}
