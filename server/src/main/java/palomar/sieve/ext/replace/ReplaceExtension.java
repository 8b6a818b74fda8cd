package palomar.sieve.ext.replace;

import java.util.Optional;
import palomar.message.AddrSpec;
import palomar.sieve.Arguments;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Spec;
import palomar.sieve.Statement;
import palomar.sieve.Tag;
import palomar.sieve.Text;

/// RFC 5703 5
public final class ReplaceExtension implements Extension {
    @Override
    public String name() {
        return "replace";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.command(
                Spec.of("replace")
                        .tag(Tag.of("mime"))
                        .tag(Tag.of("subject").string())
                        .tag(Tag.of("from").string())
                        .string("replacement")
                        .saying(words -> "put in the place of the content " + words.of("replacement")),
                ReplaceExtension::compile);
    }

    private static Statement compile(Arguments arguments) {
        boolean mime = arguments.has(":mime");
        Optional<Text> subject = text(arguments, ":subject");
        Optional<Text> from = text(arguments, ":from");
        if (mime && (subject.isPresent() || from.isPresent())) {
            String tag = subject.isPresent() ? ":subject" : ":from";
            arguments.error(
                    tag, "the " + tag + " tag is not allowed together with the :mime tag for the replace command");
        } else {
            from.flatMap(Text::constant)
                    .filter(text -> AddrSpec.mailboxes(text).isEmpty())
                    .ifPresent(text -> arguments.error(
                            ":from",
                            "invalid address '" + text
                                    + "' for the :from tag of the replace command: expected a list of mailboxes"));
        }
        return new Replace(mime, subject, from, arguments.string("replacement"));
    }

    private static Optional<Text> text(Arguments arguments, String tag) {
        return arguments.has(tag) ? Optional.of(arguments.string(tag)) : Optional.empty();
    }
}
