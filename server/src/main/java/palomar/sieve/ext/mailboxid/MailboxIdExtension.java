package palomar.sieve.ext.mailboxid;

import palomar.sieve.Action;
import palomar.sieve.Arguments;
import palomar.sieve.Condition;
import palomar.sieve.Declarations;
import palomar.sieve.Effect;
import palomar.sieve.Extension;
import palomar.sieve.Spec;
import palomar.sieve.Tag;
import palomar.sieve.Text;
import palomar.sieve.Texts;

/// RFC 9042
public final class MailboxIdExtension implements Extension {
    /// With `:specialuse` it may not stand: RFC 9042 4.1
    public static final String CHOICE = "choice of a mailbox";

    private static final String IDS = "mailbox ids";

    @Override
    public String name() {
        return "mailboxid";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.tag("fileinto", Tag.of("mailboxid").string().group(CHOICE).compile(MailboxIdExtension::tag));
        declarations.test(Spec.of("mailboxidexists").strings(IDS), MailboxIdExtension::test);
    }

    private static Effect tag(Tag.Use use) {
        Text id = use.string();
        return (action, run) -> action instanceof Action.FileInto filed ? filed.withMailboxId(id.value(run)) : action;
    }

    private static Condition test(Arguments arguments) {
        Texts ids = arguments.strings(IDS);
        return run -> {
            for (String id : ids.values(run)) {
                if (!run.host().mailboxIdExists(id)) {
                    return false;
                }
            }
            return true;
        };
    }
}
