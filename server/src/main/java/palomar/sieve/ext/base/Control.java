package palomar.sieve.ext.base;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import palomar.sieve.Arguments;
import palomar.sieve.Chain;
import palomar.sieve.Condition;
import palomar.sieve.Declarations;
import palomar.sieve.Flow;
import palomar.sieve.Run;
import palomar.sieve.Spec;
import palomar.sieve.Statement;
import palomar.sieve.Text;

/// `require`, `if`, `elsif`, `else`, `stop`. RFC 5228 3
final class Control {
    private Control() {}

    static void declare(Declarations declarations) {
        declarations.command(Spec.of("require").constant("capabilities", true).asFirst(), Control::require);
        Spec branch = Spec.of("if").tests(Spec.Tests.ONE).withBlock();
        declarations.command(branch, Control::first);
        declarations.command(
                Spec.of("elsif").tests(Spec.Tests.ONE).withBlock().following("if", "elsif"),
                arguments -> another(arguments, arguments.tests().getFirst()));
        declarations.command(
                Spec.of("else").withBlock().following("if", "elsif"), arguments -> another(arguments, Condition.TRUE));
        declarations.command(Spec.of("stop").saying(words -> "stop here"), arguments -> run -> Flow.STOP);
    }

    private static Statement require(Arguments arguments) {
        for (Text name : arguments.strings("capabilities").list()) {
            String capability = name.constant().orElse("");
            if (!arguments.scope().require(name.at(), capability)) {
                arguments
                        .scope()
                        .error(
                                name.at(),
                                "unknown Sieve capability '" + capability
                                        + "' for the require command: no such extension is available");
            }
        }
        return Statement.NOTHING;
    }

    private static Statement first(Arguments arguments) {
        return Branches.begin(arguments);
    }

    private static Statement another(Arguments arguments, Condition condition) {
        if (arguments.previous().orElse(null) instanceof Branches branches) {
            branches.add(arguments, condition);
            return branches;
        }
        arguments.block(); // the if was broken
        return Statement.NOTHING;
    }

    /// An `if` with all that belongs to it. Complete once its block is compiled, and not changed any more then.
    private static final class Branches implements Chain {
        private final List<Condition> conditions = new ArrayList<>();
        private final List<Statement> blocks = new ArrayList<>();
        /// A branch is always taken: those behind it are not checked.
        private boolean closed;

        static Branches begin(Arguments arguments) {
            Branches branches = new Branches();
            branches.add(arguments, arguments.tests().getFirst());
            return branches;
        }

        void add(Arguments arguments, Condition condition) {
            boolean never = !condition.known().orElse(true);
            if (never) {
                arguments.skipBlock();
            }
            conditions.add(condition);
            blocks.add(never ? Statement.NOTHING : arguments.block());
            closed = condition.known().orElse(false);
        }

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public Flow execute(Run run) throws IOException {
            for (int i = 0; i < blocks.size(); i++) {
                if (conditions.get(i).test(run)) {
                    return blocks.get(i).execute(run);
                }
            }
            return Flow.NEXT;
        }
    }
}
