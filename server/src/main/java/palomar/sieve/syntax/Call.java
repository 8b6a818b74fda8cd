package palomar.sieve.syntax;

import java.util.List;
import java.util.Optional;

/// A command or a test with its arguments. RFC 5228 8.2
///
/// @param name in lower case
/// @param listed the tests stand in parentheses
/// @param block empty: it ends with a semicolon, or is a test
public record Call(
        Position at,
        String name,
        List<Argument> arguments,
        List<Call> tests,
        boolean listed,
        Optional<List<Call>> block) {}
