package palomar.auth;

/// What the passdb chain says of a login.
sealed interface PassOutcome {

    /// He may enter.
    ///
    /// @param user the name after `user=`
    record Entered(String user, Fields fields) implements PassOutcome {}

    /// He may not.
    ///
    /// @param reason for the log
    /// @param delayed false when a database asked for an answer at once
    record Denied(String reason, boolean delayed) implements PassOutcome {}

    /// He may not, whatever the password, or not by this service; he may know why.
    record Locked(String textForClient) implements PassOutcome {}

    record Unavailable(String reason) implements PassOutcome {}
}
