package palomar.sieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import palomar.sieve.ext.Extensions;
import palomar.sieve.syntax.Octets;
import palomar.testkit.Seeds;

/// Whatever a script is, it is answered with diagnostics, and whatever it does, with a result or a fault.
class HostileScriptsTest {
    private static final List<String> WORDS = List.of(
            "if",
            "elsif",
            "else",
            "true",
            "false",
            "not",
            "allof",
            "anyof",
            "header",
            "address",
            "exists",
            "size",
            "keep",
            "stop",
            "discard",
            "redirect",
            "fileinto",
            "set",
            "string",
            "envelope",
            "ihave",
            "error",
            "require",
            ":is",
            ":contains",
            ":matches",
            ":comparator",
            ":over",
            ":under",
            ":copy",
            ":value",
            ":count",
            ":lower",
            ":localpart",
            ":domain",
            ":user",
            ":detail",
            "\"i;octet\"",
            "\"subject\"",
            "\"a@b.example\"",
            "\"*\"",
            "\"${1}\"",
            "\"${a.b}\"",
            "\"${hex:ff 0}\"",
            "\"gt\"",
            "[\"a\", \"b\"]",
            "text:\nx\n.\n",
            "7",
            "9K",
            "(",
            ")",
            "{",
            "}",
            "[",
            "]",
            ",",
            ";",
            ";",
            ";",
            "/*",
            "*/",
            "#",
            "\n",
            "\"",
            ":",
            "&",
            "\u00e9");

    @Test
    void noBytesMakeTheCompilerFail() {
        RandomGenerator random = Seeds.random("bytes");
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            Compilation compilation = Extensions.language().compile(bytes, Limits.USUAL);
            assertThat(compilation.program().isPresent())
                    .isEqualTo(compilation.summary().isEmpty());
        }
    }

    @Test
    void noWordsMakeTheCompilerOrARunFail() throws IOException {
        RandomGenerator random = Seeds.random("words");
        for (int i = 0; i < 20_000; i++) {
            StringBuilder script = new StringBuilder(random.nextBoolean() ? ALL : "");
            for (int left = random.nextInt(30); left > 0; left--) {
                script.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
            }
            run(script.toString());
        }
    }

    @Test
    void scriptsByTheGrammarCompileOrAreExplainedAndRunToAnEnd() throws IOException {
        RandomGenerator random = Seeds.random("grammar");
        int compiled = 0;
        for (int i = 0; i < 5_000; i++) {
            StringBuilder script = new StringBuilder(ALL);
            commands(random, script, 0);
            compiled += run(script.toString()) ? 1 : 0;
        }
        assertThat(compiled).isGreaterThan(500);
    }

    @Test
    void noTreeWithAGoodChecksumMakesTheReaderFail() {
        RandomGenerator random = Seeds.random("trees");
        byte[] good = Scripts.program("if allof (true, header :is [\"a\", \"b\"] \"c\") { keep; }")
                .bytes();
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = good.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                bad[8 + random.nextInt(bad.length - 8)] = (byte) random.nextInt(256);
            }
            CRC32C sum = new CRC32C();
            sum.update(bad, 8, bad.length - 8);
            for (int at = 0; at < 4; at++) {
                bad[4 + at] = (byte) (sum.getValue() >>> 24 - 8 * at);
            }
            Compilation loaded = Extensions.language().load(bad, Limits.USUAL);
            assertThat(loaded.program().isPresent()).isEqualTo(loaded.summary().isEmpty());
        }
    }

    @Test
    void deepNestingIsToldOnce() {
        assertThat(Scripts.errors("if true {".repeat(5_000)))
                .hasSize(2)
                .first()
                .asString()
                .contains("nesting of blocks");
        assertThat(Scripts.errors("if " + "not ".repeat(100_000) + "true { keep; }"))
                .hasSize(2)
                .first()
                .asString()
                .contains("nesting of tests");
        assertThat(Scripts.errors(
                        "if true {".repeat(31) + "if " + "not ".repeat(30) + "true { keep; }" + "}".repeat(31)))
                .isEmpty();
    }

    @Test
    void octetsAreNeverLost() {
        RandomGenerator random = Seeds.random("octets");
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                bytes = "aéx\ud83d\ude00z".getBytes(StandardCharsets.UTF_8);
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            String text = Octets.decode(bytes);
            assertThat(Octets.encode(text)).isEqualTo(bytes);
            assertThat(Octets.encode(Octets.narrow(Octets.wide(text)))).isEqualTo(bytes);
        }
    }

    private static final String ALL = """
            require ["fileinto", "variables", "copy", "envelope", "subaddress", "relational", "ihave",
                     "encoded-character", "comparator-i;ascii-numeric", "comparator-i;unicode-casemap"];
            """;

    private static boolean run(String script) throws IOException {
        Compilation compilation = Scripts.compile(script);
        assertThat(compilation.program().isPresent())
                .isEqualTo(compilation.summary().isEmpty());
        if (compilation.program().isEmpty()) {
            return false;
        }
        try {
            Scripts.run(compilation.program().get(), Limits.USUAL);
        } catch (SieveFault fault) {
            assertThat(fault.getMessage()).isNotBlank();
        }
        return true;
    }

    private static void commands(RandomGenerator random, StringBuilder script, int depth) {
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            switch (random.nextInt(depth > 3 ? 5 : 7)) {
                case 0 -> script.append("keep; ");
                case 1 ->
                    script.append("fileinto :copy ").append(string(random)).append("; ");
                case 2 ->
                    script.append("set :upper \"v\" ").append(string(random)).append("; ");
                case 3 -> script.append("redirect \"a@b.example\"; ");
                case 4 -> script.append("discard; ");
                default -> {
                    script.append("if ");
                    test(random, script, depth);
                    script.append(" { ");
                    commands(random, script, depth + 1);
                    script.append("} ");
                    if (random.nextBoolean()) {
                        script.append("else { ");
                        commands(random, script, depth + 1);
                        script.append("} ");
                    }
                }
            }
        }
    }

    private static void test(RandomGenerator random, StringBuilder script, int depth) {
        switch (random.nextInt(depth > 3 ? 5 : 7)) {
            case 0 -> script.append("true");
            case 1 ->
                script.append("header ")
                        .append(match(random))
                        .append("\"subject\" ")
                        .append(string(random));
            case 2 ->
                script.append("address ")
                        .append(match(random))
                        .append(":user \"to\" ")
                        .append(string(random));
            case 3 ->
                script.append("string ")
                        .append(match(random))
                        .append("\"${v}x\" ")
                        .append(string(random));
            case 4 -> script.append("size :over ").append(random.nextInt(2000));
            case 5 -> {
                script.append("not ");
                test(random, script, depth + 1);
            }
            default -> {
                script.append(random.nextBoolean() ? "allof (" : "anyof (");
                test(random, script, depth + 1);
                script.append(", ");
                test(random, script, depth + 1);
                script.append(")");
            }
        }
    }

    private static String match(RandomGenerator random) {
        return List.of(
                        ":is ",
                        ":contains ",
                        ":matches ",
                        ":matches :comparator \"i;unicode-casemap\" ",
                        ":count \"ge\" :comparator \"i;ascii-numeric\" ",
                        ":value \"lt\" ")
                .get(random.nextInt(6));
    }

    private static String string(RandomGenerator random) {
        return List.of(
                        "\"*\"",
                        "\"?*${v}*e*\"",
                        "\"roadrunner\"",
                        "\"${1}${0}\"",
                        "\"${hex:e9}\"",
                        "\"${unicode:e9}*\"",
                        "\"3\"",
                        "\"\"")
                .get(random.nextInt(8));
    }
}
