package palomar.password;

/// What comparing a password with a stored one brought.
public enum Verdict {
    MATCH("the password is right"),
    MISMATCH("the password is wrong"),
    /// The stored text is not what its scheme expects, or asks for more work than any honest hash.
    MALFORMED("the stored password does not fit its scheme"),
    UNKNOWN_SCHEME("the stored password names a scheme or encoding that this server does not have"),
    WEAK("the stored password's scheme is weak and not allowed"),
    /// The system's libcrypt is missing, or the hash needs more memory than all verifications together may use.
    UNAVAILABLE("the stored password's scheme can't be computed on this system"),
    /// Too many verifications wait already.
    BUSY("too many password verifications at once");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    /// For the operator.
    public String text() {
        return text;
    }

    /// True when the stored password could be compared at all.
    public boolean decided() {
        return this == MATCH || this == MISMATCH;
    }

    static Verdict of(boolean equal) {
        return equal ? MATCH : MISMATCH;
    }
}
