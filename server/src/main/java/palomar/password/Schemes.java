package palomar.password;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;
import palomar.password.Scheme.Encoding;

/// The schemes by name, and the syntax of stored passwords: `{SCHEME}data`, `{SCHEME.ENCODING}data` or bare
/// data.
public final class Schemes {
    private static final Map<String, Scheme> BY_NAME = known();

    private Schemes() {}

    /// Every name, as it stands between braces.
    public static Set<String> names() {
        return BY_NAME.keySet();
    }

    /// Throws IllegalArgumentException, fit for the operator, when there is no scheme of this name.
    static Scheme require(String name) {
        Scheme scheme = BY_NAME.get(name.toUpperCase(Locale.ROOT));
        if (scheme == null) {
            throw new IllegalArgumentException("unknown password scheme '" + name + "'; known: " + names());
        }
        return scheme;
    }

    /// The password itself, when it is stored in clear.
    ///
    /// @param defaultScheme a name of [#names]
    public static Optional<byte[]> clear(byte[] stored, String defaultScheme) {
        return parse(stored, require(defaultScheme)) instanceof Parsed.Known(ClearScheme clear, byte[] data)
                ? Optional.of(data)
                : Optional.empty();
    }

    /// The keys of `{SCRAM-...}` with this hash.
    ///
    /// @param defaultScheme a name of [#names]
    public static Optional<ScramKeys> scram(byte[] stored, String defaultScheme, ScramHash hash) {
        return parse(stored, require(defaultScheme)) instanceof Parsed.Known(ScramScheme scheme, byte[] data)
                        && scheme.hash() == hash
                ? ScramKeys.parse(hash, data)
                : Optional.empty();
    }

    /// Takes a stored password apart; what names no scheme is data of the default scheme.
    static Parsed parse(byte[] stored, Scheme defaultScheme) {
        int close = stored.length > 0 && stored[0] == '{' ? indexOf(stored, '}') : -1;
        if (close < 0) {
            return decode(defaultScheme, null, stored);
        }
        String label = new String(stored, 1, close - 1, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
        int dot = label.indexOf('.');
        Scheme scheme = BY_NAME.get(dot < 0 ? label : label.substring(0, dot));
        Encoding encoding = dot < 0 ? null : encoding(label.substring(dot + 1));
        if (scheme == null || (dot >= 0 && encoding == null)) {
            return new Parsed.Unusable(Verdict.UNKNOWN_SCHEME);
        }
        return decode(scheme, encoding, Arrays.copyOfRange(stored, close + 1, stored.length));
    }

    /// `data` with its scheme in braces, in the scheme's own encoding.
    static String print(Scheme scheme, byte[] data) {
        String text = switch (scheme.encoding()) {
            case NONE -> new String(data, StandardCharsets.UTF_8);
            case BASE64 -> Base64.getEncoder().encodeToString(data);
            case HEX -> HexFormat.of().formatHex(data);
        };
        return "{" + scheme.name() + "}" + text;
    }

    private static Parsed decode(Scheme scheme, @Nullable Encoding asked, byte[] text) {
        boolean looksHex = scheme.rawLength() > 0 && text.length == 2 * scheme.rawLength();
        Encoding encoding = asked != null ? asked : looksHex ? Encoding.HEX : scheme.encoding();
        byte[] data = decode(encoding, text);
        if (data == null && asked == null && encoding == Encoding.HEX) {
            data = decode(Encoding.BASE64, text); // some lengths fit both
        }
        return data == null ? new Parsed.Unusable(Verdict.MALFORMED) : new Parsed.Known(scheme, data);
    }

    private static byte @Nullable [] decode(Encoding encoding, byte[] text) {
        try {
            return switch (encoding) {
                case NONE -> text;
                case BASE64 -> Base64.getDecoder().decode(text);
                case HEX -> HexFormat.of().parseHex(new String(text, StandardCharsets.ISO_8859_1));
            };
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Encoding encoding(String suffix) {
        return switch (suffix) {
            case "HEX" -> Encoding.HEX;
            case "B64", "BASE64" -> Encoding.BASE64;
            default -> null;
        };
    }

    private static int indexOf(byte[] bytes, char wanted) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static Map<String, Scheme> known() {
        List<Scheme> schemes = List.of(
                new Argon2Scheme("ARGON2ID", Argon2Parameters.ARGON2_id),
                new Argon2Scheme("ARGON2I", Argon2Parameters.ARGON2_i),
                new CryptScheme("BLF-CRYPT", CryptScheme.Kind.BCRYPT),
                new CryptScheme("CRYPT", CryptScheme.Kind.BCRYPT),
                new CryptScheme("SHA512-CRYPT", CryptScheme.Kind.SHA512),
                new CryptScheme("SHA256-CRYPT", CryptScheme.Kind.SHA256),
                new Pbkdf2Scheme(),
                new ScramScheme(ScramHash.SHA_256),
                new ScramScheme(ScramHash.SHA_1),
                digest("SSHA512", "SHA-512", 64, true),
                digest("SSHA256", "SHA-256", 32, true),
                digest("SSHA", "SHA-1", 20, true),
                digest("SHA512", "SHA-512", 64, false),
                digest("SHA256", "SHA-256", 32, false),
                digest("SHA1", "SHA-1", 20, false),
                digest("SHA", "SHA-1", 20, false),
                new ClearScheme("PLAIN"),
                new ClearScheme("CLEAR"),
                new ClearScheme("CLEARTEXT"),
                new CryptScheme("MD5-CRYPT", CryptScheme.Kind.MD5),
                new CryptScheme("DES-CRYPT", CryptScheme.Kind.DES),
                new Md5Scheme(),
                new DigestScheme("SMD5", "MD5", 16, true, Encoding.BASE64, true),
                new DigestScheme("LDAP-MD5", "MD5", 16, false, Encoding.BASE64, true),
                new DigestScheme("PLAIN-MD5", "MD5", 16, false, Encoding.HEX, true));
        Map<String, Scheme> byName = new LinkedHashMap<>();
        schemes.forEach(scheme -> byName.put(scheme.name(), scheme));
        return Collections.unmodifiableMap(byName);
    }

    private static Scheme digest(String name, String algorithm, int length, boolean salted) {
        return new DigestScheme(name, algorithm, length, salted, Encoding.BASE64, false);
    }
}
