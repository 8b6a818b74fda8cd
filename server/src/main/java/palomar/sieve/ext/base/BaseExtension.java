package palomar.sieve.ext.base;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import palomar.message.edit.AddressPart;
import palomar.sieve.Action;
import palomar.sieve.Addresses;
import palomar.sieve.Arguments;
import palomar.sieve.Declarations;
import palomar.sieve.Effect;
import palomar.sieve.Extension;
import palomar.sieve.Flow;
import palomar.sieve.Spec;
import palomar.sieve.Statement;
import palomar.sieve.Text;
import palomar.sieve.match.Comparators;
import palomar.sieve.match.MatchTypes;

/// What scripts have without requiring it. RFC 5228 3 to 5
public final class BaseExtension implements Extension {
    @Override
    public String name() {
        return "";
    }

    @Override
    public void declare(Declarations declarations) {
        for (MatchTypes type : MatchTypes.values()) {
            declarations.matchType(type);
        }
        declarations.comparator(Comparators.OCTET);
        declarations.comparator(Comparators.ASCII_CASEMAP);
        for (AddressPart part : List.of(AddressPart.ALL, AddressPart.LOCALPART, AddressPart.DOMAIN)) {
            declarations.provide(AddressPart.class, part.name().toLowerCase(Locale.ROOT), part);
        }
        Control.declare(declarations);
        Logic.declare(declarations);
        HeaderTests.declare(declarations);
        AddressTest.declare(declarations);
        declarations.command(
                Spec.of("keep").saying(words -> "keep the message in the default mailbox"), BaseExtension::keep);
        declarations.command(Spec.of("discard").saying(words -> "throw the message away"), arguments -> run -> {
            run.act(new Action.Discard());
            return Flow.NEXT;
        });
        declarations.command(
                Spec.of("redirect")
                        .string("address")
                        .saying(words -> "send the message on to " + words.of("address")
                                + (words.has(":copy") ? ", and go on as if nothing had been done" : "")),
                BaseExtension::redirect);
    }

    private static Statement keep(Arguments arguments) {
        List<Effect> effects = arguments.all(Effect.class);
        return run -> {
            Action action = new Action.Keep(run.message().version(), Optional.empty());
            for (Effect effect : effects) {
                action = effect.apply(action, run);
            }
            run.act(action);
            return Flow.NEXT;
        };
    }

    private static Statement redirect(Arguments arguments) {
        Text address = arguments.string("address");
        List<Effect> effects = arguments.all(Effect.class);
        boolean listed = arguments.has(":list");
        if (!listed) {
            Addresses.check(arguments, "address");
        }
        return run -> {
            String to = listed ? address.value(run) : Addresses.value(run, address);
            Action action = Action.Redirect.of(to, run.message().version());
            for (Effect effect : effects) {
                action = effect.apply(action, run);
            }
            run.act(action);
            return Flow.NEXT;
        };
    }
}
