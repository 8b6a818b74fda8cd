package palomar.sieve.ext.redirectdsn;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import palomar.sieve.Action;
import palomar.sieve.Arguments;
import palomar.sieve.Declarations;
import palomar.sieve.Effect;
import palomar.sieve.Envelope;
import palomar.sieve.Extension;
import palomar.sieve.Run;
import palomar.sieve.Tag;
import palomar.sieve.Text;

/// `:bytimerelative`, `:bytimeabsolute`, `:bymode` and `:bytrace` for `redirect`. RFC 6009 6
public final class RedirectDeliverByExtension implements Extension {
    /// RFC 2852 4: nine digits.
    private static final long MOST_SECONDS = 999_999_999;

    @Override
    public String name() {
        return "redirect-deliverby";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.tag(
                "redirect", Tag.of("bytimerelative").number().group("bytime").compile(use -> relative(use)));
        declarations.tag(
                "redirect", Tag.of("bytimeabsolute").string().group("bytime").compile(use -> absolute(use)));
        declarations.tag("redirect", Tag.of("bymode").string().compile(RedirectDeliverByExtension::needsTime));
        declarations.tag("redirect", Tag.of("bytrace").compile(RedirectDeliverByExtension::needsTime));
    }

    private static Object needsTime(Tag.Use use) {
        Arguments call = use.call();
        if (!call.has(":bytimerelative") && !call.has(":bytimeabsolute")) {
            use.error("the :" + use.tag().name()
                    + " tag cannot be specified without the :bytimerelative or the :bytimeabsolute tag");
        }
        if (use.tag().name().equals("bymode")) {
            use.string()
                    .constant()
                    .filter(value -> mode(value).isEmpty())
                    .ifPresent(value ->
                            use.error("invalid value '" + value + "' for the :bymode tag: expected notify or return"));
        }
        return use.tag();
    }

    private static Optional<Character> mode(String value) {
        return value.equalsIgnoreCase("notify")
                ? Optional.of('N')
                : value.equalsIgnoreCase("return") ? Optional.of('R') : Optional.empty();
    }

    private static Effect relative(Tag.Use use) {
        long seconds = use.number();
        return effect(use, run -> seconds);
    }

    private static Effect absolute(Tag.Use use) {
        Text text = use.string();
        text.constant()
                .filter(value -> moment(value).isEmpty())
                .ifPresent(value -> use.error("invalid value '" + value
                        + "' for the :bytimeabsolute tag: expected a date like 2026-11-24T12:00:00Z"));
        return effect(use, run -> {
            String value = text.value(run);
            Instant then = moment(value)
                    .orElseThrow(() -> run.fault("invalid value '" + value + "' for the :bytimeabsolute tag"));
            return then.getEpochSecond() - run.host().now().getEpochSecond();
        });
    }

    private static Optional<Instant> moment(String value) {
        try {
            return Optional.of(OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /// How many seconds are left.
    private interface Left {
        long in(Run run);
    }

    /// RFC 6009 6: without a mode it is `return`.
    private static Effect effect(Tag.Use use, Left left) {
        Optional<Text> mode = use.call().has(":bymode") ? Optional.of(use.call().string(":bymode")) : Optional.empty();
        boolean trace = use.call().has(":bytrace");
        return (action, run) -> {
            if (!(action instanceof Action.Redirect redirect)) {
                return action;
            }
            String word = mode.isPresent() ? mode.get().value(run) : "return";
            char letter = mode(word).orElseThrow(() -> run.fault("invalid value '" + word + "' for the :bymode tag"));
            long seconds = Math.clamp(left.in(run), -MOST_SECONDS, MOST_SECONDS);
            return redirect.withDeliverBy(new Envelope.DeliverBy(seconds, letter, trace));
        };
    }
}
