package palomar.sieve.ext.redirectdsn;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import palomar.sieve.Action;
import palomar.sieve.Declarations;
import palomar.sieve.Effect;
import palomar.sieve.Extension;
import palomar.sieve.Run;
import palomar.sieve.Tag;
import palomar.sieve.Text;

/// `:notify` and `:ret` for `redirect`. RFC 6009 5
public final class RedirectDsnExtension implements Extension {
    private static final List<String> CONDITIONS = List.of("SUCCESS", "FAILURE", "DELAY");

    @Override
    public String name() {
        return "redirect-dsn";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.tag("redirect", Tag.of("notify").string().compile(RedirectDsnExtension::notifyOn));
        declarations.tag("redirect", Tag.of("ret").string().compile(RedirectDsnExtension::ret));
    }

    private static Effect notifyOn(Tag.Use use) {
        Text text = use.string();
        text.constant()
                .filter(value -> conditions(value).isEmpty())
                .ifPresent(value -> use.error("invalid value '" + value + "' for the :notify tag of the "
                        + use.call().label() + ": expected NEVER, or SUCCESS, FAILURE and DELAY with commas"));
        return (action, run) -> action instanceof Action.Redirect redirect
                ? redirect.withDsn(Optional.of(checked(run, text)), redirect.ret())
                : action;
    }

    private static String checked(Run run, Text text) {
        String value = text.value(run);
        return conditions(value).orElseThrow(() -> run.fault("invalid value '" + value + "' for the :notify tag"));
    }

    private static Optional<String> conditions(String value) {
        String upper = value.toUpperCase(Locale.ROOT).replace(" ", "");
        boolean all = List.of(upper.split(",", -1)).stream().allMatch(CONDITIONS::contains);
        return upper.equals("NEVER") || all ? Optional.of(upper) : Optional.empty();
    }

    private static Effect ret(Tag.Use use) {
        Text text = use.string();
        text.constant()
                .filter(value -> returned(value).isEmpty())
                .ifPresent(value -> use.error("invalid value '" + value + "' for the :ret tag of the "
                        + use.call().label() + ": expected FULL or HDRS"));
        return (action, run) -> {
            String value = text.value(run);
            String word =
                    returned(value).orElseThrow(() -> run.fault("invalid value '" + value + "' for the :ret tag"));
            return action instanceof Action.Redirect redirect
                    ? redirect.withDsn(redirect.notifyOn(), Optional.of(word))
                    : action;
        };
    }

    private static Optional<String> returned(String value) {
        String upper = value.toUpperCase(Locale.ROOT);
        return upper.equals("FULL") || upper.equals("HDRS") ? Optional.of(upper) : Optional.empty();
    }
}
