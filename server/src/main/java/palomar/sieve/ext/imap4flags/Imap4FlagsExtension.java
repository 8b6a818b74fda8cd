package palomar.sieve.ext.imap4flags;

import java.util.List;
import java.util.Optional;
import palomar.sieve.Action;
import palomar.sieve.Declarations;
import palomar.sieve.Effect;
import palomar.sieve.Extension;
import palomar.sieve.Run;
import palomar.sieve.Tag;
import palomar.sieve.Texts;

/// RFC 5232
public final class Imap4FlagsExtension implements Extension {
    @Override
    public String name() {
        return "imap4flags";
    }

    @Override
    public void declare(Declarations declarations) {
        FlagCommands.declare(declarations);
        HasFlag.declare(declarations);
        Tag flags = Tag.of("flags").strings().compile(Imap4FlagsExtension::flags);
        declarations.tag("keep", flags);
        declarations.tag("fileinto", flags);
        declarations.beforeAction(Imap4FlagsExtension::implicit);
        declarations.atEnd(Imap4FlagsExtension::atEnd);
        declarations.whenRequired((scope, at) -> {
            if (scope.requires("imapflags")) {
                scope.error(at, "the imap4flags extension and the imapflags extension are not allowed together");
            }
        });
    }

    /// Flags of the tag take the place of all others. RFC 5232 5
    private static Effect flags(Tag.Use use) {
        Texts words = use.strings();
        FlagCommands.warn(use.call(), words);
        return (action, run) -> with(action, Optional.of(FlagWords.valid(words.values(run))));
    }

    /// Without the tag they are those of the internal variable.
    static Action implicit(Action action, Run run) {
        return switch (action) {
            case Action.Keep keep
            when keep.flags().isEmpty() -> with(keep, FlagVariable.of(run).forCopies());
            case Action.FileInto filed
            when filed.flags().isEmpty() -> with(filed, FlagVariable.of(run).forCopies());
            default -> action;
        };
    }

    static void atEnd(Run run) {
        Optional<List<String>> flags = FlagVariable.of(run).forCopies();
        if (flags.isPresent()) {
            run.result().implicitKeepFlags(flags);
        }
    }

    private static Action with(Action action, Optional<List<String>> flags) {
        return switch (action) {
            case Action.Keep keep -> new Action.Keep(keep.message(), flags);
            case Action.FileInto filed -> filed.withFlags(flags);
            default -> action;
        };
    }
}
