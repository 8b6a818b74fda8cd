package palomar.sieve.ext.environment;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import palomar.sieve.Arguments;
import palomar.sieve.Condition;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Run;
import palomar.sieve.Scope;
import palomar.sieve.Spec;
import palomar.sieve.Text;
import palomar.sieve.match.Matching;

/// RFC 5183
public final class EnvironmentExtension implements Extension {
    private static final String NAME = "name";
    private static final String KEYS = "key list";

    @Override
    public String name() {
        return "environment";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.test(Spec.of("environment").matchTags().string(NAME).strings(KEYS), EnvironmentExtension::compile);
    }

    private static Condition compile(Arguments arguments) {
        Text name = arguments.string(NAME);
        Matching matching = arguments.matching(KEYS);
        Items items = Items.of(arguments.scope());
        return run -> {
            Optional<String> value = items.value(run, name.value(run));
            if (value.isEmpty()) {
                return false;
            }
            Matching.Pass pass = matching.start(run);
            return pass.offer(value.get()) || pass.end();
        };
    }

    /// What a script can ask for.
    record Items(Map<String, EnvironmentItem> added) {
        static Items of(Scope scope) {
            Map<String, EnvironmentItem> added = new TreeMap<>();
            for (String name : scope.names(EnvironmentItem.class)) {
                scope.find(EnvironmentItem.class, name).ifPresent(item -> added.put(name, item));
            }
            return new Items(added);
        }

        Optional<String> value(Run run, String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            for (Map.Entry<String, EnvironmentItem> each : added.entrySet()) {
                String start = each.getKey();
                boolean same = start.endsWith(".") ? lower.startsWith(start) : lower.equals(start);
                if (same) {
                    return each.getValue().value(run, name.substring(start.length()));
                }
            }
            return run.host().environment(lower);
        }
    }
}
