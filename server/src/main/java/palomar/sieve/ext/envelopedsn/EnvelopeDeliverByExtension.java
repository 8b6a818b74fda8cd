package palomar.sieve.ext.envelopedsn;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BiFunction;
import palomar.sieve.Declarations;
import palomar.sieve.Envelope;
import palomar.sieve.Extension;
import palomar.sieve.Run;
import palomar.sieve.ext.envelope.EnvelopePart;

/// `bytimeabsolute`, `bytimerelative`, `bymode` and `bytrace` in the `envelope` test. RFC 6009 4
public final class EnvelopeDeliverByExtension implements Extension {
    @Override
    public String name() {
        return "envelope-deliverby";
    }

    @Override
    public void declare(Declarations declarations) {
        part(declarations, "bytimerelative", (run, by) -> Long.toString(by.seconds()));
        part(declarations, "bytimeabsolute", EnvelopeDeliverByExtension::absolute);
        part(declarations, "bymode", (run, by) -> by.mode() == 'N' ? "notify" : "return");
        part(declarations, "bytrace", (run, by) -> by.trace() ? "true" : "false");
    }

    private static String absolute(Run run, Envelope.DeliverBy by) {
        return run.host()
                .now()
                .truncatedTo(ChronoUnit.SECONDS)
                .plusSeconds(by.seconds())
                .atZone(ZoneOffset.UTC)
                .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    private static void part(
            Declarations declarations, String name, BiFunction<Run, Envelope.DeliverBy, String> value) {
        declarations.provide(
                EnvelopePart.class,
                name,
                run -> run.envelope()
                        .deliverBy()
                        .map(by -> List.of(value.apply(run, by)))
                        .orElse(List.of()));
    }
}
