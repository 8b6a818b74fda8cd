package palomar.imap.proto;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The options of an extended LIST. RFC 5258 3, RFC 9051 6.3.9
///
/// @param extended did the client use any of the extended syntax? A plain `LIST "" ""` asks for the separator, an
///     extended one for nothing
/// @param select which mailboxes are listed
/// @param returns what is told of them
/// @param metadata the entries of RETURN (METADATA (...)); RFC 9590
/// @param status what of RETURN (STATUS (...)) was asked, in the client's order; RFC 5819
public record ListOptions(
        boolean extended, Set<Select> select, Set<Return> returns, List<String> metadata, List<StatusItem> status) {
    public static final ListOptions PLAIN = new ListOptions(false, Set.of(), Set.of(), List.of(), List.of());

    public ListOptions {
        select = select.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(select));
        returns = returns.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(returns));
        metadata = List.copyOf(metadata);
        status = List.copyOf(status);
    }

    /// Selection options.
    public enum Select {
        SUBSCRIBED,
        REMOTE,
        /// Only together with SUBSCRIBED.
        RECURSIVEMATCH,
        /// RFC 6154 2
        SPECIAL_USE
    }

    /// Return options without arguments.
    public enum Return {
        SUBSCRIBED,
        CHILDREN,
        /// RFC 8440 3
        MYRIGHTS,
        /// RFC 6154 2
        SPECIAL_USE
    }
}
