package palomar.sieve.ext.envelope;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import palomar.message.edit.AddressPart;
import palomar.message.edit.MailAddress;
import palomar.message.edit.Subaddress;
import palomar.sieve.Arguments;
import palomar.sieve.Condition;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Run;
import palomar.sieve.Separators;
import palomar.sieve.Spec;
import palomar.sieve.Text;
import palomar.sieve.match.Matching;

/// RFC 5228 5.4
public final class EnvelopeExtension implements Extension {
    @Override
    public String name() {
        return "envelope";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.provide(
                EnvelopePart.class,
                "from",
                EnvelopePart.address(run -> run.envelope().from()));
        declarations.provide(
                EnvelopePart.class,
                "to",
                EnvelopePart.address(run -> run.envelope().to()));
        declarations.provide(
                EnvelopePart.class,
                "orig_to",
                EnvelopePart.address(run -> run.envelope().originalTo()));
        declarations.provide(
                EnvelopePart.class,
                "auth",
                run -> run.envelope().authenticated().map(List::of).orElse(List.of()));
        declarations.test(
                Spec.of("envelope")
                        .matchTags()
                        .addressTags()
                        .strings("envelope part")
                        .strings("key list")
                        .saying(words -> "the envelope's " + words.of("envelope part") + " " + words.match("key list")),
                EnvelopeExtension::compile);
    }

    private static Condition compile(Arguments arguments) {
        List<EnvelopePart> parts = new ArrayList<>();
        boolean hasPart = arguments.has(":localpart")
                || arguments.has(":domain")
                || arguments.has(":user")
                || arguments.has(":detail");
        for (Text name : arguments.strings("envelope part").list()) {
            String text = name.constant().orElse("");
            Optional<EnvelopePart> found = arguments.scope().find(EnvelopePart.class, text.toLowerCase(Locale.ROOT));
            if (found.isEmpty() && name.isConstant()) {
                arguments.scope().error(name.at(), unknown(text, arguments));
                break;
            }
            if (found.isPresent() && hasPart && !found.get().isAddress()) {
                arguments
                        .scope()
                        .error(
                                name.at(),
                                "the envelope part '" + text
                                        + "' is no address: address parts are not allowed for it in the envelope test");
                break;
            }
            found.ifPresent(parts::add);
        }
        Matching matching = arguments.matching("key list");
        AddressPart part = arguments.addressPart();
        return run -> {
            Matching.Pass pass = matching.start(run);
            for (EnvelopePart each : parts) {
                for (String value : each.values(run)) {
                    if (offer(pass, run, each.isAddress(), value, part)) {
                        return true;
                    }
                }
            }
            return pass.end();
        };
    }

    private static String unknown(String name, Arguments arguments) {
        return "unknown envelope part '" + name + "' for the envelope test: allowed are "
                + String.join(", ", arguments.scope().names(EnvelopePart.class));
    }

    private static boolean offer(Matching.Pass pass, Run run, boolean address, String value, AddressPart part) {
        if (pass.counts() && value.isEmpty()) {
            return false;
        }
        if (!address) {
            return pass.offer(value);
        }
        Subaddress separators = Separators.of(run, part);
        String text = part.of(MailAddress.ofPath(value), separators);
        return text != null && pass.offer(text);
    }
}
