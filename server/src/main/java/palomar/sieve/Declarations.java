package palomar.sieve;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import palomar.sieve.match.Comparator;
import palomar.sieve.match.MatchType;
import palomar.sieve.syntax.Position;

/// What an extension adds to the language; all of it is there only in scripts that require the extension.
public interface Declarations {
    void command(Spec spec, CommandCompiler compiler);

    void test(Spec spec, TestCompiler compiler);

    /// A tag for a command or test of somebody else, by its name; also for one that is not there. What the tag
    /// means is in the value that its [Tag#compile] makes: the command asks for all values of a type, as [Effect]
    /// or [FieldSource.Wrapper].
    void tag(String callName, Tag tag);

    void matchType(MatchType type);

    void comparator(Comparator comparator);

    /// Something with a name that other extensions look for by its type, see [Scope#find]: a
    /// namespace of variables, a notification method, an item of `environment`, a part of the envelope.
    <T> void provide(Class<T> type, String name, T value);

    /// Called before any action of a script with this extension goes into the result; may change it.
    void beforeAction(Effect effect);

    /// Called when a script with this extension, or one that includes such a script, came to its end or stopped,
    /// before the result is handed over.
    void atEnd(Consumer<Run> hook);

    /// Called where the extension is required, as for a conflict with another one.
    void whenRequired(BiConsumer<Scope, Position> hook);

    /// `ihave` must not enable it: it changes what a script's text means. RFC 5463 4
    void notForIhave();

    /// Makes what is executed out of a command that fits its spec. May return anything once it reported an error.
    interface CommandCompiler {
        Statement compile(Arguments arguments);
    }

    /// The same for a test.
    interface TestCompiler {
        Condition compile(Arguments arguments);
    }
}
