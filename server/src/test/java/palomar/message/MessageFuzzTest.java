package palomar.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import palomar.fuzz.MessageFuzz;
import palomar.testkit.Seeds;

class MessageFuzzTest {
    private static final String[] WORDS = {
        "\r\n",
        "\n",
        "\r",
        "\r\n\r\n",
        "\n\n",
        "--b",
        "--b--",
        "--bb",
        "--c\r\n",
        "\r\n--b\r\n",
        "\r\n--b--\r\n",
        "--",
        "From: ",
        "Subject: ",
        "To: ",
        "Date: ",
        "Message-ID: <a@b>",
        "References: <a@b> <c@d>",
        "List-Id: x",
        "X-Spam-Flag: YES",
        "DKIM-Signature: v=1",
        "Reply-To: ",
        "Bcc: ",
        "In-Reply-To: ",
        "Content-Type: multipart/mixed; boundary=b\r\n",
        "Content-Type: multipart/digest; boundary=\"c\"\r\n",
        "Content-Type: message/rfc822\r\n",
        "Content-Type: text/plain; charset=utf-8\r\n",
        "Content-Type: text/html\r\n",
        "Content-Type: multipart/mixed; boundary=bb\r\n",
        "Content-Type: x\r\n",
        "Content-Transfer-Encoding: base64\r\n",
        "Content-Transfer-Encoding: quoted-printable\r\n",
        "Content-Transfer-Encoding: x-uuencode\r\n",
        "Content-Transfer-Encoding: odd\r\n",
        "Content-Disposition: attachment; filename=\"a\\\"b\"\r\n",
        "Content-Language: en, de\r\n",
        "=?utf-8?q?=C3=BC?=",
        "=?iso-8859-1?b?/A==?=",
        "=?x?q?",
        "?=",
        "=?utf-7?q?+A?=",
        "\"",
        "\\",
        "(",
        ")",
        "<",
        ">",
        "@",
        ":",
        ";",
        ",",
        " ",
        "\t",
        "=",
        "=C3=BC",
        "+AGQ-",
        "\u00fc",
        "\u00c3\u00bc",
        "\0",
        "a@b",
        "Mon, 1 Jan 2024 ",
        "10:00:00 +0100",
        "GMT",
        "re: ",
        "[x]",
        "(fwd)",
        "begin 644 a\r\n",
        "#0V%T\r\n",
        "end\r\n",
        "SGVsbG8=",
        "<p>hi</p>",
        "<style>",
        "&amp;",
        "> quote",
        "x",
        "From a@b Mon Jan  1 00:00:00 2024\r\n",
    };

    @Test
    void invariantsHoldForRandomMixesOfWhatMailIsMadeOf() {
        RandomGenerator random = Seeds.random("invariantsHoldForRandomMixesOfWhatMailIsMadeOf");
        for (int round = 0; round < 4000; round++) {
            StringBuilder mail = new StringBuilder();
            int words = 1 + random.nextInt(60);
            for (int i = 0; i < words; i++) {
                mail.append(WORDS[random.nextInt(WORDS.length)]);
            }
            run(mail.toString().getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void invariantsHoldForDamagedMessages() {
        RandomGenerator random = Seeds.random("invariantsHoldForDamagedMessages");
        for (int round = 0; round < 2500; round++) {
            byte[] whole = RandomMail.make(random).getBytes(StandardCharsets.ISO_8859_1);
            run(damage(whole, random));
        }
    }

    @Test
    void invariantsHoldForGoldenMessagesCutAnywhere() throws IOException {
        for (Path golden : GoldenTest.messages()) {
            byte[] whole = Files.readAllBytes(golden);
            for (int size = 0; size <= whole.length; size++) {
                run(Arrays.copyOf(whole, size));
            }
        }
    }

    private static void run(byte[] mail) {
        try {
            MessageFuzz.fuzz(mail);
        } catch (RuntimeException | AssertionError failure) {
            String text = new String(mail, StandardCharsets.ISO_8859_1);
            Assertions.fail(
                    "seed " + Seeds.seed() + ":\n" + text.replace("\r", "\\r").replace("\0", "\\0"), failure);
        }
    }

    private static byte[] damage(byte[] mail, RandomGenerator random) {
        byte[] out = mail.clone();
        for (int i = random.nextInt(6); i > 0 && out.length > 2; i--) {
            int at = random.nextInt(out.length);
            int to = Math.min(out.length, at + random.nextInt(40));
            switch (random.nextInt(4)) {
                case 0 -> out[at] = (byte) random.nextInt(256);
                case 1 -> out = joined(Arrays.copyOf(out, at), Arrays.copyOfRange(out, to, out.length));
                case 2 -> out = joined(Arrays.copyOf(out, to), Arrays.copyOfRange(out, at, out.length));
                default -> out = Arrays.copyOf(out, at);
            }
        }
        return out;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(first);
        out.writeBytes(second);
        return out.toByteArray();
    }
}
