package palomar.sieve.match;

import java.util.Optional;
import palomar.sieve.ArgumentType;
import palomar.sieve.Arguments;
import palomar.sieve.Text;

/// A way to match texts that a tag asks for. Stateless. RFC 5228 2.7.1
public interface MatchType {
    /// Of its tag, in lower case.
    String tag();

    /// What follows the tag; empty: nothing.
    default Optional<ArgumentType> parameter() {
        return Optional.empty();
    }

    /// Called when the whole call has been read; may report errors.
    Matcher matcher(Use use);

    /// A match type in a script.
    ///
    /// @param call the call that it belongs to
    /// @param keys name of the argument with the keys
    /// @param parameter what follows the tag
    /// @param captures matches are to be remembered with [palomar.sieve.Run#matched]: RFC 5229 3.2
    record Use(Arguments call, String keys, Comparator comparator, Optional<Text> parameter, boolean captures) {}
}
