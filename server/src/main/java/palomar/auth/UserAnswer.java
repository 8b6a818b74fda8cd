package palomar.auth;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a userdb says of one user.
public sealed interface UserAnswer {

    /// @param fields by Dovecot's names; `user` renames him
    record Found(Map<String, String> fields) implements UserAnswer {}

    /// Fields for everybody, from a database that can't tell who exists: without a login the passdbs are asked.
    record Assumed(Map<String, String> fields) implements UserAnswer {}

    record Unknown() implements UserAnswer {}

    /// It can't tell now.
    ///
    /// @param reason for the operator
    record Unavailable(String reason, @Nullable Throwable cause) implements UserAnswer {}
}
