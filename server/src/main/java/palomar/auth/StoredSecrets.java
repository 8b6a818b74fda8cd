package palomar.auth;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import palomar.password.Schemes;
import palomar.password.ScramHash;
import palomar.password.ScramKeys;

/// What a stored user has for mechanisms that never show the password.
///
/// SCRAM keys stand in the password itself (`{SCRAM-SHA-256}...`) or beside another hash, in the passdb fields
/// `scram_sha_1` and `scram_sha_256`: `mark,iterations,salt,StoredKey,ServerKey`. The mark says which stored
/// password they belong to: when another tool replaces that, the old password's keys are worth nothing.
/// docs/decisions/0065-scram-keys-beside-the-hash.md
public final class StoredSecrets {
    private static final int MARK_BYTES = 9;

    private StoredSecrets() {}

    /// The name of the field for keys with this hash.
    public static String field(ScramHash hash) {
        return "scram_" + hash.name().toLowerCase(Locale.ROOT);
    }

    /// That field's value.
    ///
    /// @param stored the password beside which it stands, `{SCHEME}data`
    public static String value(ScramKeys keys, byte[] stored) {
        return mark(stored) + "," + keys.print();
    }

    /// The keys of a stored user; empty when he has none with this hash.
    static Optional<ScramKeys> keys(PassAnswer.Stored stored, ScramHash hash) {
        Optional<ScramKeys> own = Schemes.scram(stored.password(), stored.defaultScheme(), hash);
        return own.isPresent() ? own : beside(stored.password(), stored.fields(), hash);
    }

    /// His password, when it is stored in clear.
    static Optional<byte[]> clear(PassAnswer.Stored stored) {
        return Schemes.clear(stored.password(), stored.defaultScheme()).filter(password -> password.length > 0);
    }

    /// The hashes with which a stored user can use SCRAM.
    public static Set<ScramHash> hashes(byte[] stored, String defaultScheme, Map<String, String> fields) {
        PassAnswer.Stored user = new PassAnswer.Stored(stored, defaultScheme, fields);
        Set<ScramHash> hashes = EnumSet.noneOf(ScramHash.class);
        for (ScramHash hash : ScramHash.values()) {
            if (clear(user).isPresent() || keys(user, hash).isPresent()) {
                hashes.add(hash);
            }
        }
        return hashes;
    }

    private static Optional<ScramKeys> beside(byte[] password, Map<String, String> fields, ScramHash hash) {
        String value = fields.getOrDefault(field(hash), "");
        int comma = value.indexOf(',');
        return comma > 0 && value.substring(0, comma).equals(mark(password))
                ? ScramKeys.parse(hash, value.substring(comma + 1).getBytes(StandardCharsets.ISO_8859_1))
                : Optional.empty();
    }

    private static String mark(byte[] stored) {
        byte[] digest = ScramHash.SHA_256.digest(stored);
        return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, MARK_BYTES));
    }
}
