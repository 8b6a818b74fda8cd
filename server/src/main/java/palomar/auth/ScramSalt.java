package palomar.auth;

/// What SCRAM tells a client before it knows anything of him. RFC 5802 5.1
public record ScramSalt(byte[] salt, int iterations) {}
