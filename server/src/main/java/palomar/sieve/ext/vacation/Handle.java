package palomar.sieve.ext.vacation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import palomar.sieve.syntax.Argument;
import palomar.sieve.syntax.Call;

/// Which replies count as the same where a script does not say: those whose subject, sender, form and reason are
/// written the same way in the script, before variables are replaced. RFC 5230 4.2
final class Handle {
    private Handle() {}

    static String of(Call call) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        List<Argument> arguments = call.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i) instanceof Argument.Tag(var at, String name)) {
                i += switch (name) {
                    case "mime" -> {
                        add(digest, name, "");
                        yield 0;
                    }
                    case "subject", "from" -> {
                        add(digest, name, text(arguments, i + 1));
                        yield 1;
                    }
                    default -> 1; // the other tags have a parameter and make no difference
                };
            } else {
                add(digest, "reason", text(arguments, i));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String text(List<Argument> arguments, int index) {
        return index < arguments.size() && arguments.get(index) instanceof Argument.Quoted quoted ? quoted.value() : "";
    }

    private static void add(MessageDigest digest, String name, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        digest.update((name + ":" + bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }
}
