package palomar.sieve.ext.programs;

import java.util.List;
import palomar.sieve.Arguments;
import palomar.sieve.Run;
import palomar.sieve.Text;
import palomar.sieve.Texts;

/// Names and arguments of programs. A name is that of a file in the operator's folder and can lead nowhere else.
final class Programs {
    private static final int MOST_NAME = 128;
    private static final int MOST_ARGUMENT = 1024;
    private static final int MOST_ARGUMENTS = 16;

    private Programs() {}

    /// Reports a constant name that can be none, and too many arguments.
    static void check(Arguments arguments) {
        arguments
                .string("program-name")
                .constant()
                .filter(name -> !isName(name))
                .ifPresent(name -> arguments.error(
                        "program-name", "invalid program name '" + name + "' for the " + arguments.label()));
        if (arguments.has("arguments") && arguments.strings("arguments").size() > MOST_ARGUMENTS) {
            arguments.error(
                    "arguments",
                    "invalid arguments for the " + arguments.label() + ": " + MOST_ARGUMENTS + " are the most");
        }
    }

    static String name(Run run, Text text) {
        String name = text.value(run);
        if (!isName(name)) {
            throw run.fault("invalid program name '" + name + "'");
        }
        return name;
    }

    static List<String> words(Run run, Texts texts) {
        List<String> words = List.copyOf(texts.values(run));
        for (String word : words) {
            if (word.length() > MOST_ARGUMENT || word.chars().anyMatch(c -> c == 0 || c == '\r' || c == '\n')) {
                throw run.fault("invalid argument of a program: it is too long, or has a line end in it");
            }
        }
        return words;
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= MOST_NAME
                && !name.startsWith(".")
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    }
}
