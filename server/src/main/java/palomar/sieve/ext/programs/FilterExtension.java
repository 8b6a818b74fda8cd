package palomar.sieve.ext.programs;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import palomar.bytes.ByteSource;
import palomar.sieve.Arguments;
import palomar.sieve.Condition;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Flow;
import palomar.sieve.Host;
import palomar.sieve.Run;
import palomar.sieve.Spec;
import palomar.sieve.Text;
import palomar.sieve.Texts;

/// `filter <program-name> [<arguments>]` (vnd.dovecot.filter): what the program writes is the message from here
/// on. As a command and as a test, which is true when that happened; a program that fails changes nothing.
public final class FilterExtension implements Extension {
    @Override
    public String name() {
        return "vnd.dovecot.filter";
    }

    @Override
    public void declare(Declarations declarations) {
        Spec spec = Spec.of("filter").string("program-name").optionalStrings("arguments");
        declarations.command(spec, arguments -> {
            Filtering filtering = compile(arguments);
            return run -> {
                filtering.test(run);
                return Flow.NEXT;
            };
        });
        declarations.test(spec, FilterExtension::compile);
    }

    private static Filtering compile(Arguments arguments) {
        Programs.check(arguments);
        return new Filtering(
                arguments.string("program-name"),
                arguments.has("arguments") ? arguments.strings("arguments") : new Texts(List.of()));
    }

    private record Filtering(Text program, Texts arguments) implements Condition {
        @Override
        public boolean test(Run run) throws IOException {
            try {
                Host.ProgramResult result = run.host()
                        .run(
                                "filter",
                                Programs.name(run, program),
                                Programs.words(run, arguments),
                                Optional.of(run.message().version().content()));
                if (result.exit() != 0 || result.output().length == 0) {
                    return false;
                }
                run.hold(result.output().length);
                run.message().become(ByteSource.of(result.output()));
                run.cursor(null);
                return true;
            } catch (Host.ProgramFailure failed) {
                throw run.fault(
                        "failed to filter the message by program '" + program.value(run) + "': " + failed.getMessage());
            }
        }
    }
}
