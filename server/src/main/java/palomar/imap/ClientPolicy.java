package palomar.imap;

import java.util.Set;

/// What clients may do that not every operator wants.
///
/// @param rawHeaders may APPEND bring headers beyond ASCII without ENABLE UTF8=ACCEPT? RFC 9755 4 says no; moves of
///     old mail from elsewhere need it
/// @param submissionUsers who may read what others have laid open to `submit+`; RFC 4467 3
public record ClientPolicy(boolean rawHeaders, Set<String> submissionUsers) {
    public static final ClientPolicy STRICT = new ClientPolicy(false, Set.of());

    public ClientPolicy {
        submissionUsers = Set.copyOf(submissionUsers);
    }
}
