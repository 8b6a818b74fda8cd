package palomar.submission;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import palomar.sasl.Mechanisms;

/// What an operator decides about Submission. Immutable.
///
/// @param host our name in greetings and Received fields
/// @param plaintext passwords are taken without TLS
/// @param beforeLogin how long a stranger may be silent
/// @param idle how long a user may be silent
/// @param mostLoginFailures in one connection
/// @param mostSessionsPerUser at once
/// @param mostBytes of a message
/// @param mostRecipients of a message
/// @param mostAtOnce messages of one user that are under way at the same time
/// @param messagesPerHour of one user; empty: no limit
/// @param recipientsPerHour of one user; empty: no limit
/// @param ownSenders a user sends from his own addresses only
/// @param domains of users whose names have none, in lower case
/// @param detailSeparator between a user and a detail in his addresses, or empty
/// @param removesBcc Bcc fields go no further
/// @param verifies VRFY tells whether a user is known
public record SubmissionSettings(
        String host,
        boolean plaintext,
        Mechanisms mechanisms,
        Duration beforeLogin,
        Duration idle,
        int mostLoginFailures,
        int mostSessionsPerUser,
        long mostBytes,
        int mostRecipients,
        int mostAtOnce,
        Optional<Integer> messagesPerHour,
        Optional<Integer> recipientsPerHour,
        boolean ownSenders,
        List<String> domains,
        String detailSeparator,
        boolean removesBcc,
        boolean verifies) {
    public SubmissionSettings {
        domains = List.copyOf(domains);
        if (mostLoginFailures < 1 || mostSessionsPerUser < 1 || mostRecipients < 1 || mostAtOnce < 1 || mostBytes < 1) {
            throw new IllegalArgumentException("nobody could send");
        }
    }
}
