package palomar.auth;

import java.util.Map;
import java.util.Optional;

/// What the userdb chain knows of a user.
///
/// @param name the normalised name: the key of his mail in the store
/// @param fields userdb fields by name (`home`, `mail`, `uid`, `quota_rule`, ...), as Dovecot names them
public record UserRecord(String name, Map<String, String> fields) {
    public UserRecord {
        fields = Map.copyOf(fields);
    }

    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }
}
