package palomar.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import palomar.bytes.ByteInput;
import palomar.smtp.client.Extensions;
import palomar.smtp.client.RelayTrouble;
import palomar.smtp.client.ReplyReader;
import palomar.smtp.proto.SmtpReply;
import palomar.testkit.TornInput;

/// Whatever a relay says: replies come out clean and bounded, or it is trouble, and nothing else is thrown.
public final class RelayFuzz {
    private static final int MOST_TEXT = 128 * 512;

    /// Worth mutating.
    static final List<String> SEEDS = List.of(
            "220 mx.example.org ESMTP ready\r\n250-mx\r\n250-PIPELINING\r\n250-SIZE 52428800\r\n250-8BITMIME\r\n"
                    + "250-AUTH PLAIN LOGIN CRAM-MD5\r\n250-AUTH=LOGIN\r\n250-DELIVERBY 3600\r\n250 SMTPUTF8\r\n",
            "250 2.1.0 Ok\r\n250-2.1.5 one\r\n250 2.1.5 two\r\n354 go\n451 4.7.1 later\r\n550-5.1.1 no\r\n550 5.1.1 user\r\n",
            "220 mx ESMTP\r\n250 mx\r\n250 2.1.0 Ok\r\n550 5.7.1 no\r\n221 bye\r\n",
            "334 PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2U+\r\n235 2.7.0 in\r\n421\r\n500 \u00e4\u202e\u0000\u0007\r\n");

    private RelayFuzz() {}

    public static void fuzz(byte[] input) {
        try {
            String whole = replies(ByteInput.of(input));
            String torn = replies(TornInput.every(3, input));
            if (!whole.equals(torn)) {
                throw new AssertionError("another reading when torn: " + whole + " / " + torn);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String replies(ByteInput in) throws IOException {
        StringBuilder all = new StringBuilder();
        ReplyReader reader = new ReplyReader(in);
        try {
            while (true) {
                SmtpReply reply = reader.next();
                check(reply);
                all.append(reply).append(Extensions.of(reply)).append('\n');
            }
        } catch (RelayTrouble trouble) {
            check(trouble.reply());
            return all.append(trouble.reply()).toString();
        }
    }

    private static void check(SmtpReply reply) {
        String text = reply.toString();
        boolean clean = text.chars().noneMatch(Character::isISOControl);
        Extensions extensions = Extensions.of(reply);
        boolean sane =
                extensions.size().orElse(1) > 0 && extensions.shortestBy().orElse(0) >= 0;
        if (!clean || !sane || text.length() > MOST_TEXT + 1024) {
            throw new AssertionError("not clean: " + text);
        }
    }
}
