package palomar.sieve.ext.uservariables;

import java.util.Optional;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Namespace;
import palomar.sieve.Run;
import palomar.sieve.VariableNames;
import palomar.sieve.WritableVariable;

/// The namespace `user`: all scripts of one user share it, from one delivery to the next. A value is kept once the
/// message is; when the delivery is refused it is as it was before. Two deliveries at once may overtake each
/// other: the later one wins.
public final class UserVariablesExtension implements Extension {
    @Override
    public String name() {
        return "vnd.palomar.user-variables";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.provide(Namespace.class, "user", (scope, at, name) -> {
            if (!scope.requires("variables") || !VariableNames.isIdentifier(name)) {
                scope.error(
                        at,
                        "invalid variable 'user." + name + "': a name without dots is expected, and the"
                                + " 'variables' extension");
                return Optional.empty();
            }
            return Optional.of(new Kept(name));
        });
    }

    private record Kept(String name) implements WritableVariable {
        @Override
        public String get(Run run) {
            return run.host().sharedVariable(name).orElse("");
        }

        @Override
        public void set(Run run, String value) {
            run.hold(2L * value.length());
            run.host().sharedVariable(name, value);
        }
    }
}
