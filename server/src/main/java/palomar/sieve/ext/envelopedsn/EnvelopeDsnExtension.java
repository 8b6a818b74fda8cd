package palomar.sieve.ext.envelopedsn;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import palomar.sieve.Declarations;
import palomar.sieve.Envelope;
import palomar.sieve.Extension;
import palomar.sieve.ext.envelope.EnvelopePart;

/// `notify`, `orcpt`, `ret` and `envid` in the `envelope` test. RFC 6009 3
public final class EnvelopeDsnExtension implements Extension {
    @Override
    public String name() {
        return "envelope-dsn";
    }

    @Override
    public void declare(Declarations declarations) {
        // RFC 6009 3: the conditions are values of their own, so that :count counts them.
        declarations.provide(
                EnvelopePart.class,
                "notify",
                run -> run.envelope()
                        .dsn()
                        .flatMap(Envelope.Dsn::notifyOn)
                        .map(text -> List.of(text.split(",", -1)))
                        .orElse(List.of()));
        part(declarations, "orcpt", Envelope.Dsn::orcpt);
        part(declarations, "ret", Envelope.Dsn::ret);
        part(declarations, "envid", Envelope.Dsn::envelopeId);
    }

    private static void part(Declarations declarations, String name, Function<Envelope.Dsn, Optional<String>> value) {
        declarations.provide(
                EnvelopePart.class,
                name,
                run -> run.envelope().dsn().flatMap(value).map(List::of).orElse(List.of()));
    }
}
