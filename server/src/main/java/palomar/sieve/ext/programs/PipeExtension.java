package palomar.sieve.ext.programs;

import java.util.List;
import palomar.sieve.Action;
import palomar.sieve.Arguments;
import palomar.sieve.Declarations;
import palomar.sieve.Effect;
import palomar.sieve.Extension;
import palomar.sieve.Flow;
import palomar.sieve.Spec;
import palomar.sieve.Statement;
import palomar.sieve.Tag;
import palomar.sieve.Text;
import palomar.sieve.Texts;

/// `pipe [:copy] [:try] <program-name> [<arguments>]` (vnd.dovecot.pipe): the message goes to a program when the
/// result is carried out. `:copy` comes with the `copy` extension.
public final class PipeExtension implements Extension {
    @Override
    public String name() {
        return "vnd.dovecot.pipe";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.command(
                Spec.of("pipe").tag(Tag.of("try")).string("program-name").optionalStrings("arguments"),
                PipeExtension::compile);
    }

    private static Statement compile(Arguments arguments) {
        Programs.check(arguments);
        Text program = arguments.string("program-name");
        Texts words = arguments.has("arguments") ? arguments.strings("arguments") : new Texts(List.of());
        boolean optional = arguments.has(":try");
        List<Effect> effects = arguments.all(Effect.class);
        return run -> {
            Action action = new Action.Pipe(
                    Programs.name(run, program),
                    Programs.words(run, words),
                    run.message().version(),
                    false,
                    optional);
            for (Effect effect : effects) {
                action = effect.apply(action, run);
            }
            run.act(action);
            return Flow.NEXT;
        };
    }
}
