package palomar.auth.fixed;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import palomar.auth.PassAnswer;
import palomar.auth.PassDb;
import palomar.auth.StoredSecrets;
import palomar.auth.UserQuery;
import palomar.auth.Variables;
import palomar.password.ScramHash;

/// `static` passdb: one password, or none, for everybody. Who exists, other databases say. Safe for many
/// threads.
public final class StaticPassDb implements PassDb {
    private final byte[] password;
    private final Map<String, Variables> fields;

    /// @param password `{SCHEME}data`, or in clear without a scheme; empty: only `nopassword` among the fields
    /// lets in
    /// @param fields passdb fields, values with [Variables]
    /// @throws IllegalArgumentException fit for the operator, for a variable that does not exist
    public StaticPassDb(String password, Map<String, String> fields) {
        this.password = password.getBytes(StandardCharsets.UTF_8);
        this.fields = compiled(fields);
    }

    @Override
    public String name() {
        return "static";
    }

    @Override
    public PassAnswer find(UserQuery query) {
        return new PassAnswer.Stored(password.clone(), "PLAIN", filled(fields, query));
    }

    @Override
    public Set<ScramHash> scram() {
        return password.length == 0 ? Set.of() : StoredSecrets.hashes(password, "PLAIN", Map.of());
    }

    static Map<String, Variables> compiled(Map<String, String> fields) {
        Map<String, Variables> compiled = new LinkedHashMap<>();
        fields.forEach((name, value) -> compiled.put(name, Variables.of(value)));
        return compiled;
    }

    static Map<String, String> filled(Map<String, Variables> fields, UserQuery query) {
        Map<String, String> filled = new LinkedHashMap<>();
        fields.forEach((name, value) -> filled.put(name, value.fill(query)));
        return filled;
    }
}
