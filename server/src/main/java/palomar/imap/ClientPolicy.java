package palomar.imap;

import java.util.Set;

/// What clients may do that not every operator wants, and what is bent for them.
///
/// @param rawHeaders may APPEND bring headers beyond ASCII without ENABLE UTF8=ACCEPT? RFC 9755 4 says no;
///     moves of old mail from elsewhere need it
/// @param submissionUsers who may read what others have laid open to `submit+`; RFC 4467 3
/// @param unauthenticate is UNAUTHENTICATE offered? RFC 8437 8: there must be a way to switch it off
/// @param literalMinus LITERAL- in place of LITERAL+: RFC 7888 5
/// @param workarounds for clients that break otherwise
/// @param loggedIds fields of a client's ID that are logged, in small letters; `*` means all. RFC 2971
public record ClientPolicy(
        boolean rawHeaders,
        Set<String> submissionUsers,
        boolean unauthenticate,
        boolean literalMinus,
        Set<Workaround> workarounds,
        Set<String> loggedIds) {
    public static final ClientPolicy STRICT =
            new ClientPolicy(false, Set.of(), true, false, Set.of(), Set.of("name", "version"));

    public ClientPolicy {
        submissionUsers = Set.copyOf(submissionUsers);
        workarounds = Set.copyOf(workarounds);
        loggedIds = Set.copyOf(loggedIds);
    }

    public ClientPolicy withRawHeaders() {
        return new ClientPolicy(true, submissionUsers, unauthenticate, literalMinus, workarounds, loggedIds);
    }

    public ClientPolicy withSubmissionUsers(Set<String> users) {
        return new ClientPolicy(rawHeaders, users, unauthenticate, literalMinus, workarounds, loggedIds);
    }

    public ClientPolicy withoutUnauthenticate() {
        return new ClientPolicy(rawHeaders, submissionUsers, false, literalMinus, workarounds, loggedIds);
    }

    public ClientPolicy withLiteralMinus() {
        return new ClientPolicy(rawHeaders, submissionUsers, unauthenticate, true, workarounds, loggedIds);
    }

    public ClientPolicy withWorkarounds(Set<Workaround> some) {
        return new ClientPolicy(rawHeaders, submissionUsers, unauthenticate, literalMinus, some, loggedIds);
    }
}
