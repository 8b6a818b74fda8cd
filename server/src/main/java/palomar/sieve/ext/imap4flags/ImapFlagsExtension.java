package palomar.sieve.ext.imap4flags;

import java.util.List;
import palomar.sieve.Arguments;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Flow;
import palomar.sieve.Scope;
import palomar.sieve.Spec;
import palomar.sieve.Statement;
import palomar.sieve.Texts;
import palomar.sieve.ext.imap4flags.FlagCommands.Kind;
import palomar.sieve.syntax.Position;

/// The draft from which [Imap4FlagsExtension] came, for old scripts: no variables and no test, but `mark` and
/// `unmark`.
public final class ImapFlagsExtension implements Extension {
    private static final List<String> MARK = List.of("\\Flagged");

    @Override
    public String name() {
        return "imapflags";
    }

    @Override
    public void declare(Declarations declarations) {
        for (Kind kind : Kind.values()) {
            declarations.command(
                    Spec.of(kind.command).strings(FlagCommands.FLAGS).saying(call -> kind.words),
                    arguments -> compile(arguments, kind));
        }
        declarations.command(Spec.of("mark").saying(call -> "flag the message"), arguments -> change(Kind.ADD));
        declarations.command(Spec.of("unmark").saying(call -> "unflag the message"), arguments -> change(Kind.REMOVE));
        declarations.beforeAction(Imap4FlagsExtension::implicit);
        declarations.atEnd(Imap4FlagsExtension::atEnd);
        declarations.whenRequired(ImapFlagsExtension::required);
    }

    private static void required(Scope scope, Position at) {
        if (scope.requires("imap4flags")) {
            scope.error(at, "the imapflags extension and the imap4flags extension are not allowed together");
            return;
        }
        scope.warning(at, "the imapflags extension is deprecated: use imap4flags instead");
    }

    private static Statement compile(Arguments arguments, Kind kind) {
        Texts words = arguments.strings(FlagCommands.FLAGS);
        FlagCommands.warn(arguments, words);
        return run -> {
            List<String> values = FlagWords.valid(words.values(run));
            FlagCommands.change(run, null, old -> kind.apply(old, values));
            return Flow.NEXT;
        };
    }

    private static Statement change(Kind kind) {
        return run -> {
            FlagCommands.change(run, null, old -> kind.apply(old, MARK));
            return Flow.NEXT;
        };
    }
}
