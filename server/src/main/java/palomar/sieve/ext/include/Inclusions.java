package palomar.sieve.ext.include;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import palomar.sieve.Compilation;
import palomar.sieve.Flow;
import palomar.sieve.Language;
import palomar.sieve.Program;
import palomar.sieve.ProgramCache;
import palomar.sieve.Run;

/// Which scripts a run has included so far, and is in. One thread.
final class Inclusions {
    /// @param personal the user's own; else one of the operator's
    record Key(boolean personal, String name) {}

    /// Scripts that users share are compiled once; 4 MiB of sources.
    private static final ProgramCache CACHE = new ProgramCache(4 << 20);

    private final Map<Key, Program> programs = new HashMap<>();
    private final Deque<Key> open = new ArrayDeque<>();
    private int count;

    static Inclusions of(Run run) {
        return run.state(Inclusions.class, Inclusions::new);
    }

    /// RFC 6609 3.2
    Flow include(Run run, Language language, Key key, boolean once, boolean optional) throws IOException {
        if (once && (programs.containsKey(key) || open.contains(key))) {
            return Flow.NEXT;
        }
        if (open.contains(key)) {
            throw run.fault("circular include of script '" + key.name() + "'");
        }
        if (open.size() == run.limits().mostIncludeDepth()) {
            throw run.fault("nested includes exceed the limit of "
                    + run.limits().mostIncludeDepth() + " scripts within each other");
        }
        if (++count > run.limits().mostIncludes()) {
            throw run.fault("total number of includes exceeds policy limit ("
                    + run.limits().mostIncludes() + ")");
        }
        Optional<Program> program = program(run, language, key);
        if (program.isEmpty()) {
            if (optional) {
                return Flow.NEXT;
            }
            throw run.fault("included " + (key.personal() ? "personal" : "global") + " script '" + key.name()
                    + "' does not exist");
        }
        open.push(key);
        try {
            return run.include(program.get());
        } finally {
            open.pop();
        }
    }

    private Optional<Program> program(Run run, Language language, Key key) {
        Program known = programs.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<byte[]> source = run.host().script(key.personal(), key.name());
        if (source.isEmpty()) {
            return Optional.empty();
        }
        Compilation compiled = CACHE.compile(language, source.get(), run.limits());
        Program program = compiled.program()
                .orElseThrow(() -> run.fault("included script '" + key.name() + "' is invalid: "
                        + compiled.errors().getFirst()));
        programs.put(key, program);
        return Optional.of(program);
    }
}
