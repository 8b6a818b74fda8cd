package palomar.auth.fixed;

import java.util.Map;
import palomar.auth.UserAnswer;
import palomar.auth.UserDb;
import palomar.auth.UserQuery;
import palomar.auth.Variables;

/// `static` userdb: the same fields for everybody. Safe for many threads.
public final class StaticUserDb implements UserDb {
    private final Map<String, Variables> fields;
    private final boolean allowAllUsers;

    /// @param fields userdb fields, values with [Variables], for instance `home` = `/var/mail/%d/%n`
    /// @param allowAllUsers true: every name exists; false: those that a passdb knows
    /// @throws IllegalArgumentException fit for the operator, for a variable that does not exist
    public StaticUserDb(Map<String, String> fields, boolean allowAllUsers) {
        this.fields = StaticPassDb.compiled(fields);
        this.allowAllUsers = allowAllUsers;
    }

    @Override
    public String name() {
        return "static";
    }

    @Override
    public UserAnswer find(UserQuery query) {
        Map<String, String> filled = StaticPassDb.filled(fields, query);
        return allowAllUsers ? new UserAnswer.Found(filled) : new UserAnswer.Assumed(filled);
    }
}
