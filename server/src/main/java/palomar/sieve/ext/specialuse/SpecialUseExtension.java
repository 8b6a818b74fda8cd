package palomar.sieve.ext.specialuse;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import palomar.sieve.Action;
import palomar.sieve.Arguments;
import palomar.sieve.Condition;
import palomar.sieve.Declarations;
import palomar.sieve.Effect;
import palomar.sieve.Extension;
import palomar.sieve.MailboxNames;
import palomar.sieve.Spec;
import palomar.sieve.Tag;
import palomar.sieve.Text;
import palomar.sieve.Texts;
import palomar.sieve.ext.mailboxid.MailboxIdExtension;

/// RFC 8579
public final class SpecialUseExtension implements Extension {
    private static final String MAILBOX = "mailbox";
    private static final String USES = "special-use attributes";

    @Override
    public String name() {
        return "special-use";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.tag(
                "fileinto",
                Tag.of("specialuse").string().group(MailboxIdExtension.CHOICE).compile(SpecialUseExtension::tag));
        declarations.test(
                Spec.of("specialuse_exists").string(MAILBOX).optional().strings(USES), SpecialUseExtension::test);
    }

    private static Effect tag(Tag.Use use) {
        Text attribute = use.string();
        check(use.call(), attribute);
        return (action, run) -> {
            String value = attribute.value(run);
            if (!isAttribute(value)) {
                throw run.fault("invalid special-use attribute '" + value + "'");
            }
            return action instanceof Action.FileInto filed ? filed.withSpecialUse(value) : action;
        };
    }

    private static Condition test(Arguments arguments) {
        Texts uses = arguments.strings(USES);
        uses.list().forEach(text -> check(arguments, text));
        Optional<Text> mailbox = arguments.has(MAILBOX) ? Optional.of(arguments.string(MAILBOX)) : Optional.empty();
        if (mailbox.isPresent()) {
            MailboxNames.check(arguments, MAILBOX);
        }
        return run -> {
            Set<String> wanted = new TreeSet<>(uses.values(run));
            Optional<String> name = mailbox.map(text -> text.value(run));
            return wanted.stream().allMatch(SpecialUseExtension::isAttribute)
                    && name.map(MailboxNames::isValid).orElse(true)
                    && run.host().specialUseExists(name, wanted);
        };
    }

    private static void check(Arguments arguments, Text attribute) {
        attribute
                .constant()
                .filter(text -> !isAttribute(text))
                .ifPresent(text -> arguments
                        .scope()
                        .error(
                                attribute.at(),
                                "invalid special-use attribute '" + text + "' for the " + arguments.label()
                                        + ": expected a word behind a backslash"));
    }

    /// RFC 6154 6: an atom behind a backslash.
    private static boolean isAttribute(String text) {
        if (text.length() < 2 || text.charAt(0) != '\\') {
            return false;
        }
        return text.chars().skip(1).allMatch(c -> c > ' ' && c < 0x7f && "(){%*\"\\]".indexOf(c) < 0);
    }
}
