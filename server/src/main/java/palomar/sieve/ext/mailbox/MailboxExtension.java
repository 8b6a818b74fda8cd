package palomar.sieve.ext.mailbox;

import palomar.sieve.Action;
import palomar.sieve.Arguments;
import palomar.sieve.Condition;
import palomar.sieve.Declarations;
import palomar.sieve.Effect;
import palomar.sieve.Extension;
import palomar.sieve.MailboxNames;
import palomar.sieve.Spec;
import palomar.sieve.Tag;
import palomar.sieve.Texts;

/// RFC 5490 3
public final class MailboxExtension implements Extension {
    private static final String NAMES = "mailbox names";
    private static final Effect CREATE =
            (action, run) -> action instanceof Action.FileInto filed ? filed.withCreate() : action;

    @Override
    public String name() {
        return "mailbox";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.tag("fileinto", Tag.of("create").compile(use -> CREATE));
        declarations.test(Spec.of("mailboxexists").strings(NAMES), MailboxExtension::compile);
    }

    private static Condition compile(Arguments arguments) {
        Texts names = arguments.strings(NAMES);
        MailboxNames.check(arguments, NAMES);
        return run -> {
            for (String name : names.values(run)) {
                boolean there = MailboxNames.isValid(name) && run.host().mailboxExists(name);
                if (run.isTraced()) {
                    run.trace().note(run, "mailbox '" + name + (there ? "' exists" : "' does not exist"));
                }
                if (!there) {
                    return false;
                }
            }
            return true;
        };
    }
}
