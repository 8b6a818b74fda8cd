package palomar.sieve;

import java.util.Optional;
import java.util.function.Function;
import palomar.sieve.syntax.Position;

/// A tagged argument of a command or test. Immutable. RFC 5228 2.6.2
///
/// @param name in lower case, without the colon
/// @param parameter what has to follow it; empty: nothing
/// @param group of tags with the same group only one may stand; empty: it has none of its own
/// @param with the name of another tag without which it may not stand; empty: it may stand alone
/// @param value what it is compiled to, for the command that asks for values of that type; empty: nothing
public record Tag(
        String name,
        Optional<ArgumentType> parameter,
        String group,
        String with,
        Optional<Function<Use, Object>> value) {

    public static Tag of(String name) {
        return new Tag(name, Optional.empty(), "", "", Optional.empty());
    }

    public Tag string() {
        return takes(ArgumentType.STRING);
    }

    public Tag strings() {
        return takes(ArgumentType.STRINGS);
    }

    public Tag number() {
        return takes(ArgumentType.NUMBER);
    }

    public Tag takes(ArgumentType type) {
        return new Tag(name, Optional.of(type), group, with, value);
    }

    public Tag group(String exclusive) {
        return new Tag(name, parameter, exclusive, with, value);
    }

    public Tag onlyWith(String other) {
        return new Tag(name, parameter, group, other, value);
    }

    /// @param compile called when the whole call has been read; may report errors
    public Tag compile(Function<Use, Object> compile) {
        return new Tag(name, parameter, group, with, Optional.of(compile));
    }

    /// A tag in a script.
    ///
    /// @param call to which it belongs, with all its arguments
    public record Use(Tag tag, Position at, Arguments call) {
        public Text string() {
            return call.string(":" + tag.name());
        }

        public Texts strings() {
            return call.strings(":" + tag.name());
        }

        public long number() {
            return call.number(":" + tag.name());
        }

        public Scope scope() {
            return call.scope();
        }

        public void error(String text) {
            call.scope().error(at, text);
        }
    }
}
