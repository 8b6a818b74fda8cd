package palomar.auth;

import java.util.List;

/// The databases of a server, in the order in which they are asked.
///
/// @param users may be empty: then whoever enters has what his passdb said under `userdb_` names, and nobody can
///     be looked up without a login
public record Chains(List<PassStep> passwords, List<UserStep> users) {
    public Chains {
        passwords = List.copyOf(passwords);
        users = List.copyOf(users);
    }
}
