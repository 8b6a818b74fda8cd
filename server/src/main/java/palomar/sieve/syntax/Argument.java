package palomar.sieve.syntax;

import java.util.List;

/// What stands behind the name of a command or test. RFC 5228 2.6
public sealed interface Argument {
    Position at();

    /// As messages call it.
    String kind();

    /// @param name in lower case, without the colon
    record Tag(Position at, String name) implements Argument {
        @Override
        public String kind() {
            return "tag";
        }
    }

    record Number(Position at, long value) implements Argument {
        @Override
        public String kind() {
            return "number";
        }
    }

    /// @param value with escapes resolved; octets that are no UTF-8 as in [Octets]
    record Quoted(Position at, String value) implements Argument {
        @Override
        public String kind() {
            return "string";
        }
    }

    /// In brackets, with at least one member.
    record Strings(Position at, List<Quoted> values) implements Argument {
        @Override
        public String kind() {
            return "string list";
        }
    }
}
