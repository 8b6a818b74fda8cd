package palomar.sieve.ext.include;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import palomar.sieve.Run;
import palomar.sieve.Scope;
import palomar.sieve.WritableVariable;
import palomar.sieve.syntax.Position;

/// The variables that the scripts of one run share. RFC 6609 3.4
final class Globals {
    private final Map<String, String> values = new HashMap<>();

    private static Globals of(Run run) {
        return run.state(Globals.class, Globals::new);
    }

    /// A variable of that name, which all scripts see.
    ///
    /// @param name in lower case
    static WritableVariable variable(String name) {
        return new WritableVariable() {
            @Override
            public String get(Run run) {
                return of(run).values.getOrDefault(name, "");
            }

            @Override
            public void set(Run run, String value) {
                String before = of(run).values.put(name, value);
                run.hold(2L * (value.length() - (before == null ? 0 : before.length())));
            }
        };
    }

    /// Names that a script has declared.
    private static final class Declared {
        private final Set<String> names = new HashSet<>();
    }

    /// The name means the shared variable from here on. RFC 6609 3.4.1
    static void define(Scope scope, Position at, String name) {
        String key = name.toLowerCase(Locale.ROOT);
        boolean again = !scope.state(Declared.class, Declared::new).names.add(key);
        if (!again && scope.hasVariable(key)) {
            scope.error(at, "variable '" + name + "' can't become global: the script has it as its own already");
            return;
        }
        scope.define(key, variable(key));
    }
}
