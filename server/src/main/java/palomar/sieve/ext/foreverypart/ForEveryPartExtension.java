package palomar.sieve.ext.foreverypart;

import java.util.Optional;
import palomar.sieve.Arguments;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Flow;
import palomar.sieve.Spec;
import palomar.sieve.Statement;
import palomar.sieve.Tag;

/// RFC 5703 3
public final class ForEveryPartExtension implements Extension {
    @Override
    public String name() {
        return "foreverypart";
    }

    @Override
    public void declare(Declarations declarations) {
        Tag name = Tag.of("name").string();
        declarations.command(
                Spec.of("foreverypart").tag(name).withBlock().saying(words -> "for every part of the message"),
                ForEveryPartExtension::loop);
        declarations.command(
                Spec.of("break").tag(name).saying(words -> "look at no more parts"), ForEveryPartExtension::leave);
    }

    private static Statement loop(Arguments arguments) {
        Optional<Loop> outer = arguments.scope().enclosing(Loop.class);
        Loop loop = new Loop(name(arguments), outer);
        return new LoopStatement(loop, arguments.block(loop));
    }

    private static Statement leave(Arguments arguments) {
        Optional<Loop> loop = arguments.scope().enclosing(Loop.class);
        if (loop.isEmpty()) {
            arguments.error("the break command is not allowed outside a foreverypart loop");
            return Statement.NOTHING;
        }
        Optional<String> name = name(arguments);
        while (loop.isPresent() && name.isPresent() && !loop.get().name().equals(name)) {
            loop = loop.get().outer();
        }
        if (loop.isEmpty()) {
            arguments.error(
                    ":name",
                    "unknown loop '" + name.orElse("")
                            + "' for the break command: no foreverypart loop around it has that name");
            return Statement.NOTHING;
        }
        Flow flow = Flow.leave(loop.get());
        return run -> flow;
    }

    private static Optional<String> name(Arguments arguments) {
        return arguments.has(":name") ? arguments.constant(":name") : Optional.empty();
    }
}
