package palomar.auth;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a passdb says of one user.
public sealed interface PassAnswer {

    /// He is not in this database.
    record Unknown() implements PassAnswer {}

    /// The database compared by itself: wrong.
    record Mismatch() implements PassAnswer {}

    /// The database compared by itself: right.
    ///
    /// @param fields passdb fields, and userdb fields under `userdb_` names
    record Accepted(Map<String, String> fields) implements PassAnswer {}

    /// What it holds; the chain compares.
    ///
    /// @param password `{SCHEME}data` or data of the default scheme; empty: no login but by `nopassword`
    /// @param fields as above
    record Stored(byte[] password, String defaultScheme, Map<String, String> fields) implements PassAnswer {
        @Override
        public String toString() {
            return "Stored[" + fields.keySet() + "]";
        }
    }

    /// The user exists, and whatever the password: he may not enter (disabled, expired). No rule changes that.
    record Locked(String textForClient) implements PassAnswer {}

    /// It knows a user only together with his password; an answer of [PassDb#find] alone.
    record NeedsPassword() implements PassAnswer {}

    /// It can't tell now.
    ///
    /// @param reason for the operator
    record Unavailable(String reason, @Nullable Throwable cause) implements PassAnswer {}
}
