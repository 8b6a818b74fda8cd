package palomar.password;

import java.security.SecureRandom;

/// One way to store a password. Implementations are immutable and safe for many threads.
interface Scheme {
    /// How raw data is written when the scheme's name has no suffix that says otherwise.
    enum Encoding {
        NONE,
        BASE64,
        HEX
    }

    /// The name in upper case, without braces.
    String name();

    Encoding encoding();

    /// Length of raw data where that is fixed, else 0. Twice this many characters are taken as hex, whatever
    /// [#encoding] says; Dovecot's databases rely on it.
    default int rawLength() {
        return 0;
    }

    /// True when this data should not be accepted unless the operator insists.
    default boolean weak(byte[] data) {
        return false;
    }

    /// The work this data asks for.
    default Work work(byte[] data) {
        return Work.NONE;
    }

    /// Compares; only MATCH, MISMATCH, MALFORMED and UNAVAILABLE are answers of a scheme.
    Verdict verify(byte[] password, byte[] data);

    /// Makes raw data for a password.
    ///
    /// Throws IllegalArgumentException, fit for the operator, when this password can't be stored so
    byte[] hash(byte[] password, HashSettings settings, SecureRandom random);

    /// Raw data that costs what new data costs to compare and that matches no password.
    default byte[] decoy(HashSettings settings, SecureRandom random) {
        byte[] nobodys = new byte[16];
        for (int i = 0; i < nobodys.length; i++) {
            nobodys[i] = (byte) random.nextInt(1, 256);
        }
        return hash(nobodys, settings, random);
    }

    /// What a verification costs.
    ///
    /// @param slow true when it takes more than some microseconds of a core
    /// @param memoryKib memory held meanwhile, in KiB
    record Work(boolean slow, long memoryKib) {
        static final Work NONE = new Work(false, 0);
        static final Work SLOW = new Work(true, 0);
    }
}
