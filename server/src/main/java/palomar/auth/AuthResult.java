package palomar.auth;

/// The outcome of an attempt to enter. The session words it; nothing but the kind may reach the client.
public sealed interface AuthResult {

    /// He is who he says.
    record Success(UserRecord user) implements AuthResult {}

    /// Wrong password, unknown user, denied: one and the same to the client. RFC 5530: AUTHENTICATIONFAILED
    ///
    /// @param reason for the log only
    record Denied(String reason) implements AuthResult {}

    /// The account exists and the password was right, but he may not enter now. RFC 5530: AUTHORIZATIONFAILED
    record Refused(String textForClient) implements AuthResult {}

    /// A database was away; nothing is known of the password. RFC 5530: UNAVAILABLE
    record Unavailable(String reason) implements AuthResult {}
}
