package palomar.sieve.ext.body;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import palomar.message.edit.BodyString;
import palomar.sieve.Arguments;
import palomar.sieve.Run;
import palomar.sieve.Texts;
import palomar.sieve.match.Comparators;
import palomar.sieve.match.Matching;
import palomar.sieve.syntax.Octets;

/// Compares strings of a body with keys. Immutable. Wildcards are not remembered: RFC 5173 6.
///
/// `:contains` looks through all of a string as it is read; the other match types see its first 4 MiB.
///
/// @param streamed the keys are looked for while the string is read
/// @param folded ASCII letters of both cases are the same
record BodyMatching(Matching matching, Texts keys, boolean streamed, boolean folded) {
    private static final int MOST_BYTES = 4 << 20;
    private static final int BYTES_OF_STEP = 512;

    static BodyMatching of(Arguments arguments) {
        boolean octets = arguments.has(":comparator")
                && arguments.string(":comparator").constant().orElse("").equals(Comparators.OCTET.wire());
        boolean folded = !arguments.has(":comparator")
                || arguments.string(":comparator").constant().orElse("").equals(Comparators.ASCII_CASEMAP.wire());
        return new BodyMatching(
                arguments.quietMatching("key list"),
                arguments.strings("key list"),
                arguments.has(":contains") && (octets || folded),
                folded);
    }

    boolean matches(Run run, List<BodyString> strings) throws IOException {
        Matching.Pass pass = matching.start(run);
        if (pass.counts()) {
            pass.count(strings.size());
            return pass.end();
        }
        long cost = run.message().size() / BYTES_OF_STEP;
        for (BodyString string : strings) {
            if (streamed ? contains(run, string, cost) : offer(run, pass, string, cost)) {
                return true;
            }
        }
        return pass.end();
    }

    private boolean contains(Run run, BodyString string, long cost) throws IOException {
        for (String key : keys.values(run)) {
            run.charge(1 + cost);
            if (string.contains(Octets.encode(key), folded)) {
                return true;
            }
        }
        return false;
    }

    private static boolean offer(Run run, Matching.Pass pass, BodyString string, long cost) throws IOException {
        run.charge(1 + cost);
        try (InputStream in = string.open()) {
            return pass.offer(Octets.decode(in.readNBytes(MOST_BYTES)));
        }
    }
}
