package palomar.acl;

import java.util.Set;

/// A user who is logged in.
///
/// @param user his name in the store
/// @param groups that he belongs to
public record Who(String user, Set<String> groups) {
    public Who {
        groups = Set.copyOf(groups);
    }

    public static Who of(String user) {
        return new Who(user, Set.of());
    }

    /// Nobody is the owner of a mailbox that has none.
    boolean is(String name) {
        return !name.isEmpty() && user.equals(name);
    }
}
