package palomar.sieve.ext.copy;

import palomar.sieve.Action;
import palomar.sieve.Declarations;
import palomar.sieve.Effect;
import palomar.sieve.Extension;
import palomar.sieve.Tag;

/// RFC 3894
public final class CopyExtension implements Extension {
    private static final Effect COPY = (action, run) -> switch (action) {
        case Action.FileInto filed -> filed.withCopy(true);
        case Action.Redirect redirect -> redirect.withCopy();
        case Action.Pipe pipe ->
            new Action.Pipe(pipe.program(), pipe.arguments(), pipe.message(), true, pipe.optional());
        default -> action;
    };

    @Override
    public String name() {
        return "copy";
    }

    @Override
    public void declare(Declarations declarations) {
        Tag copy = Tag.of("copy").compile(use -> COPY);
        declarations.tag("fileinto", copy);
        declarations.tag("redirect", copy);
        declarations.tag("pipe", copy);
    }
}
