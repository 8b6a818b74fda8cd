package palomar.sievetest;

import java.util.Optional;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Namespace;
import palomar.sieve.VariableNames;

/// What test files have beyond Sieve. Only the runner knows it.
final class TestsuiteExtension implements Extension {
    static final String NAME = "vnd.dovecot.testsuite";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.notForIhave();
        TestBlock.declare(declarations);
        SetCommands.declare(declarations);
        MessageCommands.declare(declarations);
        ScriptTests.declare(declarations);
        ResultTests.declare(declarations);
        declarations.provide(Namespace.class, "tst", (scope, at, name) -> {
            if (!VariableNames.isIdentifier(name)) {
                scope.error(at, "invalid variable 'tst." + name + "': expected a name behind the namespace 'tst'");
                return Optional.empty();
            }
            return Optional.of(
                    name.equals("path") ? run -> TestWorld.of(run).folder().toString() : run -> "");
        });
    }
}
