package palomar.sieve.ext.enotify;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import palomar.message.AddrSpec;
import palomar.sieve.Action;
import palomar.sieve.Arguments;
import palomar.sieve.Condition;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Flow;
import palomar.sieve.Modifier;
import palomar.sieve.Run;
import palomar.sieve.Spec;
import palomar.sieve.Statement;
import palomar.sieve.Tag;
import palomar.sieve.Text;
import palomar.sieve.Texts;
import palomar.sieve.ext.fcc.FccMaker;
import palomar.sieve.match.Matching;
import palomar.sieve.syntax.Octets;

/// `notify`, its tests, and `:encodeurl` for `set`. RFC 5435
public final class EnotifyExtension implements Extension {
    private static final String UNRESERVED = "-._~";

    @Override
    public String name() {
        return "enotify";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.provide(NotifyMethod.class, "mailto", new MailtoMethod());
        declarations.provide(NotifyMethod.class, "https", new WebhookMethod());
        Modifier.declare(declarations, "encodeurl", Modifier.of(15, EnotifyExtension::encodeUrl));
        declarations.command(
                Spec.of("notify")
                        .tag(Tag.of("from").string())
                        .tag(Tag.of("importance").string())
                        .tag(Tag.of("options").strings())
                        .tag(Tag.of("message").string())
                        .string("method"),
                EnotifyExtension::compile);
        declarations.test(Spec.of("valid_notify_method").strings("notification-uris"), arguments -> {
            Methods methods = Methods.of(arguments.scope());
            Texts uris = arguments.strings("notification-uris");
            return run -> uris.values(run).stream()
                    .allMatch(uri -> methods.wrong(run, uri).isEmpty());
        });
        declarations.test(
                Spec.of("notify_method_capability")
                        .matchTags()
                        .string("notification-uri")
                        .string("notification-capability")
                        .strings("key list"),
                EnotifyExtension::capability);
    }

    private static Statement compile(Arguments arguments) {
        if (arguments.scope().requires("notify")) {
            arguments.error("the notify command of enotify is not allowed where the old notify extension is required");
        }
        Methods methods = Methods.of(arguments.scope());
        arguments
                .string("method")
                .constant()
                .flatMap(methods::wrong)
                .ifPresent(text -> arguments.error("method", text));
        if (arguments.has(":importance")) {
            arguments
                    .string(":importance")
                    .constant()
                    .filter(text -> importance(text) == 0)
                    .ifPresent(text -> arguments.error(
                            ":importance",
                            "invalid value '" + text + "' for the :importance tag of the notify command: expected 1, 2"
                                    + " or 3"));
        }
        if (arguments.has(":from")) {
            arguments
                    .string(":from")
                    .constant()
                    .filter(text -> AddrSpec.mailbox(text).isEmpty())
                    .ifPresent(text -> arguments.error(
                            ":from", "invalid address '" + text + "' for the :from tag of the notify command"));
        }
        checkOptions(arguments);
        return new Notification(
                methods,
                arguments.string("method"),
                optional(arguments, ":from"),
                optional(arguments, ":importance"),
                arguments.has(":options") ? arguments.strings(":options") : new Texts(List.of()),
                optional(arguments, ":message"),
                arguments.all(FccMaker.class).stream().findFirst());
    }

    /// RFC 5435 3.7
    private static void checkOptions(Arguments arguments) {
        if (!arguments.has(":options")) {
            return;
        }
        for (Text option : arguments.strings(":options").list()) {
            option.constant()
                    .filter(text -> text.indexOf('=') <= 0)
                    .ifPresent(text -> arguments
                            .scope()
                            .error(
                                    option.at(),
                                    "invalid option '" + text + "' for the :options tag of the notify command: expected"
                                            + " name=value"));
        }
    }

    private static Optional<Text> optional(Arguments arguments, String tag) {
        return arguments.has(tag) ? Optional.of(arguments.string(tag)) : Optional.empty();
    }

    /// 0 when it is none. RFC 5435 3.4
    private static int importance(String text) {
        return switch (text) {
            case "1" -> 1;
            case "2" -> 2;
            case "3" -> 3;
            default -> 0;
        };
    }

    private static Condition capability(Arguments arguments) {
        Methods methods = Methods.of(arguments.scope());
        Text uri = arguments.string("notification-uri");
        Text capability = arguments.string("notification-capability");
        Matching matching = arguments.matching("key list");
        return run -> {
            Matching.Pass pass = matching.start(run);
            String where = uri.value(run);
            if (methods.wrong(run, where).isEmpty() && capability.value(run).equalsIgnoreCase("online")) {
                Optional<NotifyMethod> method = methods.find(where);
                if (method.isPresent() && pass.offer(method.get().online())) {
                    return true;
                }
            }
            return pass.end();
        };
    }

    /// RFC 5435 6, RFC 3986 2.3
    private static String encodeUrl(String value) {
        StringBuilder encoded = new StringBuilder(value.length() + 16);
        for (byte b : Octets.encode(value)) {
            boolean plain = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9';
            if (plain || UNRESERVED.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(b >> 4 & 15, 16)))
                        .append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
            }
        }
        return encoded.toString();
    }

    private record Notification(
            Methods methods,
            Text method,
            Optional<Text> from,
            Optional<Text> importance,
            Texts options,
            Optional<Text> message,
            Optional<FccMaker> fcc)
            implements Statement {

        @Override
        public Flow execute(Run run) throws IOException {
            String uri = method.value(run);
            Optional<String> wrong = methods.wrong(run, uri);
            if (wrong.isPresent()) {
                throw run.fault(wrong.get());
            }
            int level = importance.isPresent()
                    ? EnotifyExtension.importance(importance.get().value(run))
                    : 2;
            run.act(new Action.Notify(
                    uri,
                    value(from, run).filter(text -> AddrSpec.mailbox(text).isPresent()),
                    level == 0 ? 2 : level,
                    List.copyOf(options.values(run)),
                    value(message, run),
                    run.message().version(),
                    fcc.isPresent() ? Optional.of(fcc.get().make(run)) : Optional.empty()));
            return Flow.NEXT;
        }

        private static Optional<String> value(Optional<Text> text, Run run) {
            return text.isPresent() ? Optional.of(text.get().value(run)) : Optional.empty();
        }
    }
}
