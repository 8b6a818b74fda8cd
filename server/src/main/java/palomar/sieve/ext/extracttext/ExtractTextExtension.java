package palomar.sieve.ext.extracttext;

import palomar.message.edit.Part;
import palomar.sieve.Arguments;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Flow;
import palomar.sieve.Spec;
import palomar.sieve.Statement;
import palomar.sieve.Tag;
import palomar.sieve.ext.foreverypart.Loop;
import palomar.sieve.ext.variables.Assignment;

/// RFC 5703 7
public final class ExtractTextExtension implements Extension {
    /// Characters that modifiers get to see at most; a variable takes fewer.
    private static final int MOST = 64 << 10;

    @Override
    public String name() {
        return "extracttext";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.command(
                Spec.of("extracttext")
                        .tag(Tag.of("first").number())
                        .constant("varname", false)
                        .saying(words -> "call the text of the part from now on " + words.of("varname")),
                ExtractTextExtension::compile);
    }

    private static Statement compile(Arguments arguments) {
        if (!arguments.scope().requires("variables")) {
            arguments.error("the extracttext command requires the 'variables' extension");
            return Statement.NOTHING;
        }
        if (arguments.scope().enclosing(Loop.class).isEmpty()) {
            arguments.error("the extracttext command is not allowed outside a foreverypart loop");
            return Statement.NOTHING;
        }
        int first = (int) Math.min(MOST, arguments.has(":first") ? arguments.number(":first") : MOST);
        Assignment assignment = Assignment.of(arguments, "varname");
        return run -> {
            Part part = run.part().orElse(null);
            String text = part == null ? "" : part.extractText(first);
            run.charge(text.length() / 16);
            assignment.assign(run, text);
            return Flow.NEXT;
        };
    }
}
