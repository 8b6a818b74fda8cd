package palomar.sieve.ext.notify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import palomar.message.AddrSpec;
import palomar.message.edit.FieldName;
import palomar.sieve.Action;
import palomar.sieve.Arguments;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Flow;
import palomar.sieve.Run;
import palomar.sieve.Spec;
import palomar.sieve.Statement;
import palomar.sieve.Tag;
import palomar.sieve.Text;
import palomar.sieve.Texts;
import palomar.sieve.match.Matching;

/// `notify` and `denotify` as they were before `enotify`: draft-martin-sieve-notify-01. Kept for old scripts.
public final class OldNotifyExtension implements Extension {
    private static final FieldName FROM = FieldName.of("from");
    private static final FieldName SUBJECT = FieldName.of("subject");

    @Override
    public String name() {
        return "notify";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.whenRequired((scope, at) -> {
            if (scope.requires("enotify")) {
                scope.error(at, "the notify extension and the enotify extension are not allowed together");
            } else {
                scope.warning(at, "the notify extension is deprecated: use enotify (RFC 5435)");
            }
        });
        declarations.command(
                priority(Spec.of("notify")
                        .tag(Tag.of("method").string())
                        .tag(Tag.of("id").string())
                        .tag(Tag.of("options").strings())
                        .tag(Tag.of("message").string())),
                OldNotifyExtension::compile);
        declarations.command(
                priority(Spec.of("denotify").matchTags().string("id").optional()), OldNotifyExtension::denotify);
    }

    private static Spec priority(Spec spec) {
        return spec.tag(Tag.of("low").group("priority"))
                .tag(Tag.of("normal").group("priority"))
                .tag(Tag.of("high").group("priority"));
    }

    /// Ids of the notifications so far.
    private static final class Ids {
        private final Map<Action, String> byAction = new IdentityHashMap<>();
    }

    private static int importance(Arguments arguments, int otherwise) {
        if (arguments.has(":high")) {
            return 1;
        }
        return arguments.has(":low") ? 3 : arguments.has(":normal") ? 2 : otherwise;
    }

    private static Optional<Text> optional(Arguments arguments, String tag) {
        return arguments.has(tag) ? Optional.of(arguments.string(tag)) : Optional.empty();
    }

    private static Statement compile(Arguments arguments) {
        optional(arguments, ":method")
                .flatMap(Text::constant)
                .filter(method -> !method.equalsIgnoreCase("mailto"))
                .ifPresent(method -> arguments.error(
                        ":method", "unknown method '" + method + "' for the notify command: only mailto is known"));
        if (!arguments.has(":options")) {
            arguments.error("the notify command requires the :options tag with an address for the mailto method");
        }
        return new Notification(
                optional(arguments, ":id"),
                arguments.has(":options") ? arguments.strings(":options") : new Texts(List.of()),
                optional(arguments, ":message"),
                importance(arguments, 2));
    }

    /// Takes back the notifications so far that have such an id and such a priority.
    private static Statement denotify(Arguments arguments) {
        int which = importance(arguments, 0);
        Optional<Matching> matching = arguments.has("id") ? Optional.of(arguments.matching("id")) : Optional.empty();
        return run -> {
            Ids ids = run.state(Ids.class, Ids::new);
            List<Action> gone = new ArrayList<>();
            for (Action action : run.result().actions()) {
                if (action instanceof Action.Notify notify
                        && (which == 0 || notify.importance() == which)
                        && (matching.isEmpty()
                                || matches(matching.get(), run, ids.byAction.getOrDefault(action, "")))) {
                    gone.add(action);
                }
            }
            gone.forEach(run.result()::remove);
            return Flow.NEXT;
        };
    }

    private static boolean matches(Matching matching, Run run, String id) throws IOException {
        Matching.Pass pass = matching.start(run);
        return pass.offer(id) || pass.end();
    }

    private record Notification(Optional<Text> id, Texts options, Optional<Text> message, int importance)
            implements Statement {
        @Override
        public Flow execute(Run run) throws IOException {
            Ids ids = run.state(Ids.class, Ids::new);
            String name = id.isPresent() ? id.get().value(run) : "";
            String text = message.isPresent() ? message.get().value(run) : "$from$: $subject$";
            for (String option : options.values(run)) {
                String address = AddrSpec.parse(option)
                        .orElseThrow(() -> run.fault("invalid address '" + option + "' for the notify command"))
                        .toString();
                Action.Notify action = new Action.Notify(
                        "mailto:" + address.replace("%", "%25"),
                        Optional.empty(),
                        importance,
                        List.of(),
                        Optional.of(replaced(run, text)),
                        run.message().version(),
                        Optional.empty());
                run.act(action);
                ids.byAction.put(action, name);
            }
            return Flow.NEXT;
        }

        private static String replaced(Run run, String text) throws IOException {
            return text.replace("$from$", field(run, FROM))
                    .replace("$env-from$", run.envelope().from().orElse(""))
                    .replace("$subject$", field(run, SUBJECT));
        }

        private static String field(Run run, FieldName name) {
            return run.message().header().first(name).map(field -> field.text()).orElse("");
        }
    }
}
