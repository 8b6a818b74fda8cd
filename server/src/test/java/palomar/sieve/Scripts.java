package palomar.sieve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import palomar.bytes.ByteSource;
import palomar.message.edit.EditedMessage;
import palomar.sieve.ext.Extensions;

/// Compiles and runs scripts for tests.
final class Scripts {
    static final String MESSAGE = """
            Date: Tue, 1 Apr 1997 09:06:31 -0800 (PST)
            From: coyote@desert.example.org
            To: roadrunner+feet@acme.example.com, "Wile E." <wile@ACME.example.com>
            Subject: =?utf-8?q?I_have_a_pr=C3=A9sent?= for you
            X-Number: 42
            X-Empty:

            Look, I'm sorry about the whole anvil thing.
            """.replace("\n", "\r\n");

    private Scripts() {}

    static Compilation compile(String script) {
        return Extensions.language().compile(script.getBytes(StandardCharsets.UTF_8), Limits.USUAL);
    }

    static List<String> errors(String script) {
        return compile(script).errors();
    }

    static Program program(String script) {
        Compilation compilation = compile(script);
        return compilation.program().orElseThrow(() -> new AssertionError(compilation.diagnostics()));
    }

    static Result run(String script) throws IOException {
        return run(program(script), Limits.USUAL);
    }

    static Result run(Program program, Limits limits) throws IOException {
        return run(program, EditedMessage.of(ByteSource.of(MESSAGE.getBytes(StandardCharsets.UTF_8))), limits);
    }

    static Result run(Program program, EditedMessage message, Limits limits) throws IOException {
        Result result = new Result();
        new Run(
                        message,
                        Envelope.of("coyote@desert.example.org", "roadrunner+feet@acme.example.com"),
                        new QuietHost(),
                        limits,
                        result,
                        null)
                .execute(program);
        return result;
    }

    /// Is the test true for [#MESSAGE]?
    static boolean isTrue(String require, String test) throws IOException {
        return !run("require [" + require + "]; if " + test + " { discard; }").implicitKeep();
    }
}
