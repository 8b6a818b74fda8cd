package palomar.sieve.ext.duplicate;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.message.edit.Field;
import palomar.message.edit.FieldName;
import palomar.sieve.Action;
import palomar.sieve.Arguments;
import palomar.sieve.Condition;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Result;
import palomar.sieve.Run;
import palomar.sieve.Spec;
import palomar.sieve.Tag;
import palomar.sieve.Text;

/// RFC 7352, and what it was before (vnd.dovecot.duplicate).
public final class DuplicateExtension implements Extension {
    public static final DuplicateExtension STANDARD = new DuplicateExtension(false);
    public static final DuplicateExtension OLD = new DuplicateExtension(true);

    private static final String CAPABILITY = "duplicate";
    private static final String OLD_CAPABILITY = "vnd.dovecot.duplicate";
    private static final String SOURCE = "way to tell messages apart";
    private static final long WEEK = 7 * 86_400;

    private final boolean old;

    private DuplicateExtension(boolean old) {
        this.old = old;
    }

    @Override
    public String name() {
        return old ? OLD_CAPABILITY : CAPABILITY;
    }

    @Override
    public void declare(Declarations declarations) {
        Spec spec = Spec.of("duplicate")
                .tag(Tag.of("handle").string())
                .tag(Tag.of("header").string().group(SOURCE))
                .tag(Tag.of("uniqueid").string().group(SOURCE))
                .tag(Tag.of("seconds").number())
                .tag(Tag.of("last"));
        if (old) {
            spec = spec.tag(Tag.of("value").string().group(SOURCE))
                    .string("name")
                    .optional();
        }
        declarations.test(spec, this::compile);
        declarations.whenRequired((scope, at) -> {
            if (scope.requires(old ? CAPABILITY : OLD_CAPABILITY)) {
                scope.error(
                        at, "the duplicate extension and the vnd.dovecot.duplicate extension are not allowed together");
            } else if (old) {
                scope.warning(at, "the vnd.dovecot.duplicate extension is deprecated: use duplicate instead");
            }
        });
    }

    private Condition compile(Arguments arguments) {
        Optional<Text> handle = text(arguments, ":handle");
        if (old && arguments.has("name")) {
            handle = text(arguments, "name");
        }
        Optional<Text> unique = text(arguments, ":uniqueid");
        if (old && arguments.has(":value")) {
            unique = text(arguments, ":value");
        }
        Question question = new Question(
                handle,
                text(arguments, ":header"),
                unique,
                arguments.has(":seconds") ? Optional.of(arguments.number(":seconds")) : Optional.empty(),
                arguments.has(":last"));
        checkHeader(arguments);
        return question::ask;
    }

    private static void checkHeader(Arguments arguments) {
        if (!arguments.has(":header")) {
            return;
        }
        arguments
                .string(":header")
                .constant()
                .filter(name -> !FieldName.isValid(name))
                .ifPresent(name ->
                        arguments.error(":header", "invalid header name '" + name + "' for the " + arguments.label()));
    }

    private static Optional<Text> text(Arguments arguments, String name) {
        return arguments.has(name) ? Optional.of(arguments.string(name)) : Optional.empty();
    }

    /// Answers for one result: what is asked again was not seen because it was asked before. RFC 7352 3.1
    private static final class Answers {
        private final Map<String, Boolean> byKey = new HashMap<>();
        private @Nullable Result result;

        static Map<String, Boolean> of(Run run) {
            Answers answers = run.state(Answers.class, Answers::new);
            if (answers.result != run.result()) {
                answers.result = run.result();
                answers.byKey.clear();
            }
            return answers.byKey;
        }
    }

    /// One test of a script.
    private record Question(
            Optional<Text> handle, Optional<Text> header, Optional<Text> unique, Optional<Long> seconds, boolean last) {
        boolean ask(Run run) throws IOException {
            Optional<String> id = id(run);
            if (id.isEmpty()) {
                return false;
            }
            String key = handle.map(text -> text.value(run)).orElse("") + "\0" + id.get();
            Map<String, Boolean> answers = Answers.of(run);
            Boolean before = answers.get(key);
            if (before != null) {
                return before;
            }
            boolean seen = run.host().wasSeen(key);
            answers.put(key, seen);
            run.hold(key.length() * 2L);
            if (!seen || last) {
                run.act(new Action.MarkDuplicate(key, period(run)));
            }
            return seen;
        }

        private Optional<String> id(Run run) throws IOException {
            if (unique.isPresent()) {
                return Optional.of("u" + unique.get().value(run));
            }
            String name = header.map(text -> text.value(run)).orElse("Message-ID");
            return run.message()
                    .header()
                    .first(FieldName.of(name))
                    .map(Field::value)
                    .filter(value -> !value.isEmpty())
                    .map(value -> "h" + value);
        }

        private long period(Run run) {
            long most = run.settings().seconds("sieve_duplicate_max_period", WEEK);
            long usual = run.settings().seconds("sieve_duplicate_default_period", WEEK);
            return Math.min(seconds.orElse(usual), most == 0 ? Long.MAX_VALUE : most);
        }
    }
}
