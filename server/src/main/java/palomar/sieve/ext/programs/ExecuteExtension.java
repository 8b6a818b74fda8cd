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
import palomar.sieve.Tag;
import palomar.sieve.Text;
import palomar.sieve.Texts;
import palomar.sieve.VariableNames;
import palomar.sieve.WritableVariable;
import palomar.sieve.syntax.Octets;

/// `execute [:input <string> / :pipe] [:output <variable>] <program-name> [<arguments>]` (vnd.dovecot.execute), as
/// a command and as a test, which is true when the program ends with 0.
public final class ExecuteExtension implements Extension {
    @Override
    public String name() {
        return "vnd.dovecot.execute";
    }

    @Override
    public void declare(Declarations declarations) {
        Spec spec = Spec.of("execute")
                .tag(Tag.of("input").string().group("input"))
                .tag(Tag.of("pipe").group("input"))
                .tag(Tag.of("output").string())
                .string("program-name")
                .optionalStrings("arguments");
        declarations.command(spec, arguments -> {
            Execution execution = compile(arguments);
            return run -> {
                execution.test(run);
                return Flow.NEXT;
            };
        });
        declarations.test(spec, ExecuteExtension::compile);
    }

    private static Execution compile(Arguments arguments) {
        Programs.check(arguments);
        return new Execution(
                arguments.string("program-name"),
                arguments.has("arguments") ? arguments.strings("arguments") : new Texts(List.of()),
                arguments.has(":input") ? Optional.of(arguments.string(":input")) : Optional.empty(),
                arguments.has(":pipe"),
                output(arguments));
    }

    private static Optional<WritableVariable> output(Arguments arguments) {
        if (!arguments.has(":output")) {
            return Optional.empty();
        }
        if (!arguments.scope().requires("variables")) {
            arguments.error(":output", "the :output tag needs the 'variables' extension, which is not required");
            return Optional.empty();
        }
        return arguments
                .constant(":output")
                .flatMap(name -> VariableNames.writable(arguments.scope(), arguments.at(":output"), name));
    }

    private record Execution(
            Text program, Texts arguments, Optional<Text> input, boolean pipe, Optional<WritableVariable> output)
            implements Condition {
        @Override
        public boolean test(Run run) throws IOException {
            Optional<ByteSource> in = Optional.empty();
            if (input.isPresent()) {
                in = Optional.of(ByteSource.of(Octets.encode(input.get().value(run))));
            } else if (pipe) {
                in = Optional.of(run.message().version().content());
            }
            try {
                Host.ProgramResult result =
                        run.host().run("execute", Programs.name(run, program), Programs.words(run, arguments), in);
                if (output.isPresent()) {
                    output.get()
                            .set(
                                    run,
                                    cut(
                                            Octets.decode(result.output()),
                                            run.limits().mostVariableBytes()));
                }
                return result.exit() == 0;
            } catch (Host.ProgramFailure failed) {
                throw run.fault("failed to execute program '" + program.value(run) + "': " + failed.getMessage());
            }
        }

        private static String cut(String text, int most) {
            return text.length() <= most ? text : text.substring(0, most);
        }
    }
}
