package palomar.sieve;

import java.util.List;
import java.util.Optional;
import palomar.message.edit.AddressPart;
import palomar.sieve.match.Matching;
import palomar.sieve.syntax.Call;
import palomar.sieve.syntax.Position;

/// The arguments of a call that fits its [Spec], for the compile function. Positional arguments go by their name
/// in the spec, parameters of tags by the tag's name with its colon; asking for what is not there, or of another
/// type, is a fault of the extension, so ask [#has] for what is optional.
public interface Arguments {
    /// Of the call.
    Position at();

    /// Of an argument.
    Position at(String argument);

    Call call();

    Scope scope();

    /// As messages call the call: `header test`.
    String label();

    /// Whether an optional argument, or a tag, is there.
    boolean has(String argument);

    Text string(String argument);

    Texts strings(String argument);

    long number(String argument);

    /// A string that must have no variables; an error is reported, and nothing returned, when it has.
    Optional<String> constant(String argument);

    /// The values of a type that tags were compiled to, in the order of the tags.
    <T> List<T> all(Class<T> type);

    /// The tests behind the arguments.
    List<Condition> tests();

    /// Compiles the block, once. Without this call the block is still checked, unless [#skipBlock] was called.
    Statement block();

    /// Compiles the block within something that commands in it may look for, see [Scope#enclosing].
    Statement block(Object marker);

    /// The block is never executed and may use what is not there.
    void skipBlock();

    /// What was compiled right before this command in the same block.
    Optional<Statement> previous();

    /// The comparison that the tags ask for.
    ///
    /// @param keys the argument with the keys
    Matching matching(String keys);

    /// The same, but what wildcards stand for is never remembered, whatever the script requires.
    Matching quietMatching(String keys);

    /// As the tags say; all of the address without them.
    AddressPart addressPart();

    /// The fields that the tags ask for.
    FieldSource fields();

    /// Reports an error at the call.
    void error(String text);

    /// Reports an error at an argument.
    void error(String argument, String text);

    void warning(String text);
}
