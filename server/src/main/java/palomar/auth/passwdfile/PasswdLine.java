package palomar.auth.passwdfile;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// One user's line: `user:password:uid:gid:gecos:home:shell:extra fields`. Trailing fields may be missing.
///
/// @param password as it stands there; empty: none
/// @param uid a number, a name or empty; so is `gid`
/// @param extra `name=value` or `name` (then its value is `yes`) between spaces; of a name twice the last counts
public record PasswdLine(String user, byte[] password, String uid, String gid, String home, Map<String, String> extra) {
    private static final int FIELDS_BEFORE_EXTRA = 7;

    /// Takes a line apart, without its line end.
    static PasswdLine parse(byte[] line) {
        String[] fields = new String[FIELDS_BEFORE_EXTRA + 1];
        Arrays.fill(fields, "");
        byte[] password = new byte[0];
        int from = 0;
        for (int i = 0; i <= FIELDS_BEFORE_EXTRA && from <= line.length; i++) {
            int to = i == FIELDS_BEFORE_EXTRA ? line.length : colon(line, from);
            fields[i] = new String(line, from, to - from, StandardCharsets.UTF_8);
            if (i == 1) {
                password = Arrays.copyOfRange(line, from, to);
            }
            from = to + 1;
        }
        return new PasswdLine(
                fields[0], scheme(password), fields[2], fields[3], fields[5], extra(fields[FIELDS_BEFORE_EXTRA]));
    }

    /// libpam-pwdfile writes the length of the hash behind it: `hash[13]` is DES, `hash[34]` MD5 in hex.
    private static byte[] scheme(byte[] password) {
        if (password.length == 0 || password[0] == '{' || password[0] == '$') {
            return password;
        }
        String text = new String(password, StandardCharsets.ISO_8859_1);
        if (text.endsWith("[13]")) {
            return ("{CRYPT}" + text.substring(0, text.length() - 4)).getBytes(StandardCharsets.ISO_8859_1);
        }
        if (text.endsWith("[34]")) {
            return ("{PLAIN-MD5}" + text.substring(0, text.length() - 4)).getBytes(StandardCharsets.ISO_8859_1);
        }
        return password;
    }

    private static Map<String, String> extra(String text) {
        if (text.isEmpty()) {
            return Map.of();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : text.replace('\t', ' ').split(" ")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(field.substring(0, equals), field.substring(equals + 1));
            } else if (equals < 0 && !field.isEmpty()) {
                fields.put(field, "yes");
            }
        }
        return fields;
    }

    private static int colon(byte[] line, int from) {
        for (int i = from; i < line.length; i++) {
            if (line[i] == ':') {
                return i;
            }
        }
        return line.length;
    }

    @Override
    public String toString() {
        return "PasswdLine[" + user + "]";
    }
}
