package palomar.sieve.ext.imap4flags;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import palomar.sieve.Arguments;
import palomar.sieve.Declarations;
import palomar.sieve.Flow;
import palomar.sieve.Run;
import palomar.sieve.Spec;
import palomar.sieve.Statement;
import palomar.sieve.Texts;
import palomar.sieve.VariableNames;
import palomar.sieve.WritableVariable;

/// `setflag`, `addflag`, `removeflag`. RFC 5232 3
final class FlagCommands {
    static final String VARIABLE = "variable name";
    static final String FLAGS = "list of flags";

    private FlagCommands() {}

    static void declare(Declarations declarations) {
        for (Kind kind : Kind.values()) {
            Spec spec = Spec.of(kind.command)
                    .constant(VARIABLE, false)
                    .optional()
                    .strings(FLAGS)
                    .saying(call -> kind.words);
            declarations.command(spec, arguments -> compile(arguments, kind));
        }
    }

    enum Kind {
        SET("setflag", "set the flags of the message"),
        ADD("addflag", "add flags to the message"),
        REMOVE("removeflag", "remove flags from the message");

        final String command;
        final String words;

        Kind(String command, String words) {
            this.command = command;
            this.words = words;
        }

        List<String> apply(List<String> old, List<String> words) {
            List<String> flags = this == SET ? new ArrayList<>() : new ArrayList<>(old);
            for (String word : words) {
                if (this == REMOVE) {
                    FlagWords.remove(flags, word);
                } else {
                    FlagWords.add(flags, word);
                }
            }
            return flags;
        }
    }

    private static Statement compile(Arguments arguments, Kind kind) {
        Texts words = arguments.strings(FLAGS);
        warn(arguments, words);
        @Nullable
        WritableVariable variable =
                arguments.has(VARIABLE) ? variable(arguments).orElse(null) : null;
        return run -> {
            List<String> values = FlagWords.valid(words.values(run));
            change(run, variable, old -> kind.apply(old, values));
            return Flow.NEXT;
        };
    }

    static void warn(Arguments arguments, Texts words) {
        for (String word : FlagWords.split(words.constants())) {
            if (!FlagWords.isValid(word)) {
                arguments.warning("invalid flag '" + word + "' for the " + arguments.label() + ": it is ignored");
            }
        }
    }

    private static Optional<WritableVariable> variable(Arguments arguments) {
        if (!arguments.scope().requires("variables")) {
            arguments.error(
                    VARIABLE,
                    "the " + arguments.label()
                            + " allows a variable name only when the variables extension is required");
            return Optional.empty();
        }
        String name = arguments.string(VARIABLE).constant().orElse("");
        return VariableNames.writable(arguments.scope(), arguments.at(VARIABLE), name);
    }

    static void change(Run run, @Nullable WritableVariable variable, UnaryOperator<List<String>> change) {
        if (variable == null) {
            FlagVariable flags = FlagVariable.of(run);
            List<String> changed = change.apply(flags.get());
            run.hold(changed.size() * 16L);
            flags.set(changed);
            return;
        }
        String text = String.join(" ", change.apply(FlagWords.split(List.of(variable.get(run)))));
        variable.set(run, cut(text, run.limits().mostVariableBytes()));
    }

    /// At a blank, so that no flag becomes another.
    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int blank = text.lastIndexOf(' ', most);
        return blank < 0 ? "" : text.substring(0, blank);
    }
}
