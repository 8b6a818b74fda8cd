package palomar.sieve.ext.environment;

import palomar.sieve.Declarations;
import palomar.sieve.Extension;

/// The values that the operator has set for scripts, as items `vnd.dovecot.config.NAME` of `environment`
/// (vnd.dovecot.config); vnd.dovecot.environment has them too.
public final class DovecotConfigExtension implements Extension {
    @Override
    public String name() {
        return "vnd.dovecot.config";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.provide(EnvironmentItem.class, "vnd.dovecot.config.", DovecotEnvironmentExtension::configured);
        declarations.whenRequired((scope, at) -> scope.require(at, "environment"));
    }
}
