package palomar.imap;

import java.util.Set;
import palomar.imap.proto.Language;

/// What clients may do that not every operator wants, and what is bent for them.
///
/// @param rawHeaders may APPEND bring headers beyond ASCII without ENABLE UTF8=ACCEPT? RFC 9755 4 says no;
///     moves of old mail from elsewhere need it
/// @param submissionUsers who may read what others have laid open to `submit+`; RFC 4467 3
/// @param unauthenticate is UNAUTHENTICATE offered? RFC 8437 8: there must be a way to switch it off
/// @param literalMinus LITERAL- in place of LITERAL+: RFC 7888 5
/// @param workarounds for clients that break otherwise
/// @param language what `LANGUAGE default` means. RFC 5255 3.2
/// @param loggedIds fields of a client's ID that are logged, in small letters; `*` means all. RFC 2971
public record ClientPolicy(
        boolean rawHeaders,
        Set<String> submissionUsers,
        boolean unauthenticate,
        boolean literalMinus,
        Set<Workaround> workarounds,
        Set<String> loggedIds,
        Language language) {
    public static final ClientPolicy STRICT =
            new ClientPolicy(false, Set.of(), true, false, Set.of(), Set.of("name", "version"), Language.ENGLISH);

    public ClientPolicy {
        submissionUsers = Set.copyOf(submissionUsers);
        workarounds = Set.copyOf(workarounds);
        loggedIds = Set.copyOf(loggedIds);
    }

    public ClientPolicy withRawHeaders() {
        return new ClientPolicy(true, submissionUsers, unauthenticate, literalMinus, workarounds, loggedIds, language);
    }

    public ClientPolicy withSubmissionUsers(Set<String> users) {
        return new ClientPolicy(rawHeaders, users, unauthenticate, literalMinus, workarounds, loggedIds, language);
    }

    public ClientPolicy withoutUnauthenticate() {
        return new ClientPolicy(rawHeaders, submissionUsers, false, literalMinus, workarounds, loggedIds, language);
    }

    public ClientPolicy withLiteralMinus() {
        return new ClientPolicy(rawHeaders, submissionUsers, unauthenticate, true, workarounds, loggedIds, language);
    }

    public ClientPolicy withWorkarounds(Set<Workaround> some) {
        return new ClientPolicy(rawHeaders, submissionUsers, unauthenticate, literalMinus, some, loggedIds, language);
    }

    public ClientPolicy withLanguage(Language preferred) {
        return new ClientPolicy(
                rawHeaders, submissionUsers, unauthenticate, literalMinus, workarounds, loggedIds, preferred);
    }
}
