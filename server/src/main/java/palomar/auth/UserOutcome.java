package palomar.auth;

/// What the userdb chain says of a user.
sealed interface UserOutcome {

    /// @param assumed true when only databases answered that say yes to everybody
    record Found(UserRecord user, boolean assumed) implements UserOutcome {}

    record Unknown() implements UserOutcome {}

    record Unavailable(String reason) implements UserOutcome {}
}
