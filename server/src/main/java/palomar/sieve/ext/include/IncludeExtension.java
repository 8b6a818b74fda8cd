package palomar.sieve.ext.include;

import java.util.Optional;
import palomar.sieve.Arguments;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Flow;
import palomar.sieve.Language;
import palomar.sieve.Namespace;
import palomar.sieve.Spec;
import palomar.sieve.Statement;
import palomar.sieve.Tag;
import palomar.sieve.Text;
import palomar.sieve.VariableNames;

/// `include`, `return`, `global` and the namespace `global`. RFC 6609
public final class IncludeExtension implements Extension {
    private static final int MOST_NAME = 256;

    @Override
    public String name() {
        return "include";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.command(
                Spec.of("include")
                        .tag(Tag.of("personal").group("location"))
                        .tag(Tag.of("global").group("location"))
                        .tag(Tag.of("once"))
                        .tag(Tag.of("optional"))
                        .constant("script name", false),
                IncludeExtension::include);
        declarations.command(Spec.of("return"), arguments -> run -> Flow.RETURN);
        declarations.command(Spec.of("global").constant("variables", true), IncludeExtension::global);
        declarations.provide(Namespace.class, "global", (scope, at, name) -> {
            if (!scope.requires("variables") || !VariableNames.isIdentifier(name)) {
                scope.error(at, "invalid variable 'global." + name + "': a name without dots is expected");
                return Optional.empty();
            }
            return Optional.of(Globals.variable(name));
        });
    }

    private static Statement include(Arguments arguments) {
        String name = arguments.string("script name").constant().orElse("");
        if (!isName(name)) {
            arguments.error("script name", "invalid script name '" + name + "' for the include command");
        }
        Inclusions.Key key = new Inclusions.Key(!arguments.has(":global"), name);
        boolean once = arguments.has(":once");
        boolean optional = arguments.has(":optional");
        Language language = arguments.scope().language();
        return run -> Inclusions.of(run).include(run, language, key, once, optional);
    }

    /// RFC 6609 4: nothing that a file system could take for a way elsewhere.
    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= MOST_NAME
                && !name.startsWith(".")
                && name.chars()
                        .noneMatch(c ->
                                c == '/' || c == 0xfffd || Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
    }

    /// RFC 6609 3.4.1
    private static Statement global(Arguments arguments) {
        if (!arguments.scope().requires("variables")) {
            arguments.error("the global command needs the 'variables' extension, which is not required");
        }
        for (Text text : arguments.strings("variables").list()) {
            String name = text.constant().orElse("");
            if (!VariableNames.isIdentifier(name)) {
                arguments.scope().error(text.at(), "invalid variable name '" + name + "' for the global command");
            } else {
                Globals.define(arguments.scope(), text.at(), name);
            }
        }
        return Statement.NOTHING;
    }
}
