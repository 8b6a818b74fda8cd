package palomar.sieve.ext.convert;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import palomar.convert.Conversion;
import palomar.convert.ConversionLimits;
import palomar.convert.Conversions;
import palomar.convert.Converted;
import palomar.convert.MediaType;
import palomar.convert.PartContent;
import palomar.convert.Unconvertible;
import palomar.message.DecodedContent;
import palomar.message.edit.Part;
import palomar.sieve.Run;

/// Converts parts of one type. One run.
final class Converter {
    /// Half of what a conversion may cost that somebody waits for.
    private static final ConversionLimits LIMITS = new ConversionLimits(8 << 20, 16_000_000);
    /// So that a run ends after some twenty conversions.
    private static final long STEPS = 500_000;
    /// One at once in the whole server: each may need tens of MiB.
    private static final ReentrantLock ONE = new ReentrantLock();

    private final Run run;
    private final MediaType from;
    private final Optional<Conversion> conversion;
    private final Map<String, String> parameters;

    Converter(Run run, MediaType from, MediaType to, Map<String, String> parameters) {
        this.run = run;
        this.from = from;
        this.conversion = Conversions.find(from, to)
                .filter(found -> found.foreign(parameters).isEmpty());
        this.parameters = parameters;
    }

    boolean isMeant(Part part) throws IOException {
        return part.type().equals(from.type()) && part.subtype().equals(from.subtype());
    }

    /// Empty when it can't be done.
    Optional<Converted> convert(Part part) throws IOException {
        DecodedContent content = part.content();
        if (conversion.isEmpty() || !content.isKnownEncoding()) {
            return Optional.empty();
        }
        run.charge(STEPS);
        PartContent source = new PartContent(from, content.charset(), content.bytes());
        ONE.lock();
        try {
            Converted converted = conversion.get().convert(source, parameters, LIMITS);
            run.hold(converted.bytes().length);
            return Optional.of(converted);
        } catch (Unconvertible refused) {
            note(refused);
            return Optional.empty();
        } finally {
            ONE.unlock();
        }
    }

    private void note(Unconvertible refused) {
        if (run.isTraced()) {
            run.trace().note(run, "a part was not converted: " + refused.why());
        }
    }
}
