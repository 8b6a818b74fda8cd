package palomar.sieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.bytes.ByteSource;
import palomar.message.edit.EditedMessage;
import palomar.testkit.Seeds;

/// Scripts that look into messages and change them, on messages of any kind: each run ends with a result or a
/// fault, and what is left can be sent.
class HostilePartsTest {
    private static final String ALL = """
            require ["variables", "mime", "foreverypart", "extracttext", "replace", "enclose", "convert", "body", "regex",
                     "date", "index", "editheader", "relational", "comparator-i;ascii-numeric"];
            """;

    private static final List<String> COMMANDS = List.of(
            "addheader \"X-A\" \"${v}\";",
            "addheader :last \"Content-Type\" \"text/html\";",
            "deleteheader \"Content-Type\";",
            "deleteheader :index 1 :last \"X-A\" \"*\";",
            "replace \"${v} text\";",
            "replace :mime \"Content-Type: multipart/mixed; boundary=b\\r\\n\\r\\n--b\\r\\n\\r\\nx\\r\\n--b--\";",
            "replace :subject \"s\" :from \"a@b.example\" \"--b\\r\\n--b--\";",
            "enclose :headers [\"to\", \"x-a\"] \"${v}\";",
            "convert \"text/html\" \"text/plain\" \"charset=utf-8\";",
            "convert \"text/plain\" \"text/plain\" \"charset=us-ascii\";",
            "convert \"image/png\" \"image/jpeg\" \"pix-x=10\";",
            "set \"v\" \"${1}\";",
            "keep;");

    private static final List<String> TESTS = List.of(
            "header :mime :anychild :contenttype :matches \"content-type\" \"*/*\"",
            "header :mime :param [\"name\", \"boundary\"] :regex [\"content-type\", \"x-a\"] \"(.+)\"",
            "exists :mime :anychild [\"x-a\", \"content-type\"]",
            "address :mime :anychild :index 1 :matches [\"from\", \"to\"] \"*\"",
            "date :index 1 :last :matches \"date\" \"iso8601\" \"*\"",
            "body :raw :contains \"--b\"",
            "body :content \"\" :regex \"x+$\"",
            "body :text :count \"ge\" \"1\"",
            "size :over 200",
            "convert \"text/html\" \"text/plain\" \"charset=utf-8\"");

    @Test
    void anyEditsOfAnyMessageEnd() throws IOException {
        RandomGenerator random = Seeds.random("edits");
        for (int i = 0; i < 3_000; i++) {
            StringBuilder script = new StringBuilder(ALL);
            block(random, script, 0, false);
            StringBuilder message = new StringBuilder();
            part(random, message, 0, true);
            run(script.toString(), message.toString(), Limits.USUAL);
        }
    }

    @Test
    void deepMessagesAreWalkedInLittleTime() throws IOException {
        StringBuilder message = new StringBuilder("Subject: deep\r\n");
        for (int i = 0; i < 5_000; i++) {
            message.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\r\n\r\n--b");
            message.append(i).append("\r\n");
        }
        message.append("\r\nx\r\n");
        run(
                ALL
                        + "foreverypart { if header :mime :anychild \"x\" \"y\" { stop; } foreverypart { replace \"x\"; } }",
                message.toString(),
                Limits.USUAL);
    }

    @Test
    void manyPartsInManyLoopsReachALimit() {
        StringBuilder message = new StringBuilder("Content-Type: multipart/mixed; boundary=b\r\n\r\n");
        for (int i = 0; i < 5_000; i++) {
            message.append("--b\r\n\r\nx\r\n");
        }
        message.append("--b--\r\n");
        String test = "if header :mime :anychild \"x\" \"y\" { stop; }";
        String loops = ALL + "foreverypart {" + test.repeat(2_000) + "}";
        assertThatThrownBy(() -> Scripts.run(Scripts.program(loops), message(message.toString()), Limits.USUAL))
                .isInstanceOf(SieveFault.class)
                .hasMessageContaining("processor time limit");
    }

    @Test
    void expressionsOnLargeBodiesReachALimit() {
        String message = "Subject: x\r\n\r\n" + "ab ".repeat(1 << 20);
        String script = ALL + "if body :raw :regex \"([ab ]*)*[ab]{900}c\" { stop; }".repeat(40);
        assertThatThrownBy(() -> Scripts.run(Scripts.program(script), message(message), Limits.USUAL))
                .isInstanceOf(SieveFault.class)
                .hasMessageContaining("processor time limit");
    }

    @Test
    void expressionsInVariablesReachALimit() {
        String script = ALL + "set \"a\" \"" + "a?".repeat(1_500) + "\";"
                + "if string :regex \"x\" \"${a}y\" { stop; }".repeat(500);
        assertThatThrownBy(() -> Scripts.run(Scripts.program(script), message("\r\n"), Limits.USUAL))
                .isInstanceOf(SieveFault.class)
                .hasMessageContaining("processor time limit");
    }

    @Test
    void largeExpressionsTogetherAreACompileError() {
        String script = ALL + ("if string :regex \"x\" \"" + "a{900}".repeat(20) + "\" { stop; }").repeat(20);
        assertThat(Scripts.errors(script)).first().asString().contains("too large, all together");
    }

    @Test
    void addedFieldsReachTheLimitOfMemory() {
        String script = ALL + "set \"v\" \"" + "word ".repeat(380) + "\";" + "addheader \"X\" \"${v}\";".repeat(40_000);
        assertThatThrownBy(() -> Scripts.run(Scripts.program(script), message("\r\n"), Limits.USUAL))
                .isInstanceOf(SieveFault.class)
                .hasMessageContaining("memory limit");
    }

    private static EditedMessage message(String text) throws IOException {
        return EditedMessage.of(ByteSource.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void run(String script, String text, Limits limits) throws IOException {
        EditedMessage message = message(text);
        try {
            Scripts.run(Scripts.program(script), message, limits);
        } catch (SieveFault fault) {
            assertThat(fault.getMessage()).isNotBlank();
        }
        try (InputStream content = message.version().content().open()) {
            assertThat(content.transferTo(OutputStream.nullOutputStream())).isEqualTo(message.size());
        }
    }

    private static void block(RandomGenerator random, StringBuilder script, int depth, boolean loop) {
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            switch (random.nextInt(depth > 2 ? 2 : 5)) {
                case 2 -> {
                    script.append("if ")
                            .append(TESTS.get(random.nextInt(TESTS.size())))
                            .append(" { ");
                    block(random, script, depth + 1, loop);
                    script.append("} ");
                }
                case 3 -> {
                    script.append("foreverypart { ");
                    block(random, script, depth + 1, true);
                    script.append("} ");
                }
                case 4 -> script.append(loop ? "extracttext :first 9 \"v\"; " : "");
                default ->
                    script.append(COMMANDS.get(random.nextInt(COMMANDS.size()))).append(' ');
            }
        }
        script.append(loop && random.nextInt(4) == 0 ? "break; " : "");
    }

    private static void part(RandomGenerator random, StringBuilder text, int depth, boolean whole) {
        text.append(whole ? "From: a@b.example\r\nDate: Tue, 1 Apr 1997 09:06:31 -0800\r\n" : "");
        text.append(random.nextInt(3) == 0 ? "X-A: 1\r\n" : "");
        switch (random.nextInt(depth > 3 ? 4 : 7)) {
            case 0 -> text.append("Content-Type: text/html\r\n\r\n<p>xx</p>");
            case 1 -> text.append("Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=");
            case 2 -> text.append("Content-Type: text/plain; charset=utf-8; name=n\r\n\r\n\u00e9xx");
            case 3 -> text.append(random.nextBoolean() ? "no field\r\n" : "\r\nxx\r\n--b\r\n");
            case 4 -> {
                text.append("Content-Type: message/rfc822\r\n\r\n");
                part(random, text, depth + 1, true);
            }
            default -> {
                String boundary = random.nextBoolean() ? "b" : "b" + depth;
                text.append("Content-Type: multipart/mixed; boundary=")
                        .append(boundary)
                        .append("\r\n\r\n");
                for (int left = random.nextInt(4); left > 0; left--) {
                    text.append("\r\n--").append(boundary).append("\r\n");
                    part(random, text, depth + 1, false);
                }
                text.append(random.nextBoolean() ? "\r\n--" + boundary + "--\r\n" : "\r\n");
            }
        }
    }
}
