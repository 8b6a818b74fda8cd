package palomar.sieve.ext.fileinto;

import java.util.List;
import palomar.sieve.Action;
import palomar.sieve.Arguments;
import palomar.sieve.Declarations;
import palomar.sieve.Effect;
import palomar.sieve.Extension;
import palomar.sieve.Flow;
import palomar.sieve.MailboxNames;
import palomar.sieve.Spec;
import palomar.sieve.Statement;
import palomar.sieve.Text;

/// RFC 5228 4.1
public final class FileIntoExtension implements Extension {
    @Override
    public String name() {
        return "fileinto";
    }

    @Override
    public void declare(Declarations declarations) {
        Spec spec = Spec.of("fileinto")
                .string("mailbox")
                .saying(words -> "file the message into the mailbox " + words.of("mailbox")
                        + (words.has(":create") ? ", which is made when it is missing" : "")
                        + (words.has(":copy") ? ", and go on as if nothing had been done" : ""));
        declarations.command(spec, FileIntoExtension::compile);
    }

    private static Statement compile(Arguments arguments) {
        Text mailbox = arguments.string("mailbox");
        MailboxNames.check(arguments, "mailbox");
        List<Effect> effects = arguments.all(Effect.class);
        return run -> {
            String name = MailboxNames.value(run, mailbox);
            Action action = Action.FileInto.of(name, run.message().version());
            for (Effect effect : effects) {
                action = effect.apply(action, run);
            }
            run.act(action);
            return Flow.NEXT;
        };
    }
}
