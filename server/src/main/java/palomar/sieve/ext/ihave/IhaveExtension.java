package palomar.sieve.ext.ihave;

import java.util.List;
import java.util.Optional;
import palomar.sieve.Arguments;
import palomar.sieve.Condition;
import palomar.sieve.Declarations;
import palomar.sieve.Enabled;
import palomar.sieve.Extension;
import palomar.sieve.Run;
import palomar.sieve.Spec;
import palomar.sieve.Text;

/// RFC 5463
public final class IhaveExtension implements Extension {
    @Override
    public String name() {
        return "ihave";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.test(
                Spec.of("ihave")
                        .constant("capabilities", true)
                        .saying(words -> "the server can do " + words.of("capabilities", "and")),
                IhaveExtension::ihave);
        declarations.command(
                Spec.of("error").string("message").saying(words -> "give up with " + words.of("message")),
                arguments -> {
                    Text message = arguments.string("message");
                    return run -> {
                        throw run.fault("error: " + message.value(run));
                    };
                });
    }

    private static Condition ihave(Arguments arguments) {
        List<String> names = arguments.strings("capabilities").constants();
        if (!arguments.scope().requireGuarded(arguments.at(), names)) {
            return Condition.FALSE;
        }
        return new Present(names);
    }

    private record Present(List<String> names) implements Condition {
        @Override
        public boolean test(Run run) {
            Enabled.of(run).add(names);
            return true;
        }

        @Override
        public Optional<Boolean> known() {
            return Optional.of(true);
        }
    }
}
