package palomar.sieve.ext.environment;

import java.util.Optional;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Namespace;
import palomar.sieve.Run;
import palomar.sieve.Scope;
import palomar.sieve.Settings;
import palomar.sieve.Variable;
import palomar.sieve.syntax.Position;

/// More items, and all of them as variables in the namespace `env` (vnd.dovecot.environment).
public final class DovecotEnvironmentExtension implements Extension {
    @Override
    public String name() {
        return "vnd.dovecot.environment";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.provide(EnvironmentItem.class, "vnd.dovecot.default-mailbox", (run, rest) -> Optional.of("INBOX"));
        declarations.provide(
                EnvironmentItem.class,
                "vnd.dovecot.username",
                (run, rest) -> Optional.of(run.host().user()));
        declarations.provide(EnvironmentItem.class, "vnd.dovecot.config.", DovecotEnvironmentExtension::configured);
        declarations.provide(Namespace.class, "env", DovecotEnvironmentExtension::variable);
        declarations.whenRequired((scope, at) -> scope.require(at, "environment"));
    }

    /// A value that the operator has set.
    static Optional<String> configured(Run run, String name) {
        Settings settings = run.settings();
        return settings.get("sieve_environment/" + name).or(() -> settings.get("sieve_env_" + name));
    }

    /// Names of items have hyphens, those of variables can't: there an underscore stands for one.
    private static Optional<Variable> variable(Scope scope, Position at, String name) {
        EnvironmentExtension.Items items = EnvironmentExtension.Items.of(scope);
        return Optional.of(run -> items.value(run, name)
                .or(() -> items.value(run, name.replace('_', '-')))
                .orElse(""));
    }
}
