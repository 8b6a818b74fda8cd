package palomar.sieve.ext.enclose;

import java.util.Optional;
import palomar.message.edit.MessageVersion;
import palomar.sieve.Action;
import palomar.sieve.Arguments;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.FieldNames;
import palomar.sieve.Run;
import palomar.sieve.Spec;
import palomar.sieve.Statement;
import palomar.sieve.Tag;
import palomar.sieve.Text;

/// RFC 5703 6
public final class EncloseExtension implements Extension {
    @Override
    public String name() {
        return "enclose";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.command(
                Spec.of("enclose")
                        .tag(Tag.of("subject").string())
                        .tag(Tag.of("headers").strings())
                        .string("text")
                        .saying(words -> "enclose the message in a new one with the text " + words.of("text")),
                EncloseExtension::compile);
        declarations.beforeAction(
                (action, run) -> action instanceof Action.Redirect redirect ? unenclosed(redirect, run) : action);
    }

    private static Statement compile(Arguments arguments) {
        Optional<Text> subject =
                arguments.has(":subject") ? Optional.of(arguments.string(":subject")) : Optional.empty();
        Optional<FieldNames> headers = arguments.has(":headers")
                ? Optional.of(FieldNames.of(arguments.strings(":headers")))
                : Optional.empty();
        return new Enclose(subject, headers, arguments.string("text"));
    }

    /// What is redirected is the message as it was before it was enclosed. RFC 5703 6
    private static Action unenclosed(Action.Redirect redirect, Run run) {
        MessageVersion before = Unenclosed.version(run).orElse(redirect.message());
        return new Action.Redirect(
                redirect.address(),
                before,
                redirect.copy(),
                redirect.list(),
                redirect.notifyOn(),
                redirect.ret(),
                redirect.deliverBy());
    }
}
