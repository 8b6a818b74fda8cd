package palomar.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import palomar.bytes.ByteSource;
import palomar.message.edit.EditedMessage;
import palomar.sieve.Compilation;
import palomar.sieve.Envelope;
import palomar.sieve.Explainer;
import palomar.sieve.Language;
import palomar.sieve.Limits;
import palomar.sieve.Program;
import palomar.sieve.QuietHost;
import palomar.sieve.Result;
import palomar.sieve.Run;
import palomar.sieve.SieveFault;
import palomar.sieve.TextTracer;
import palomar.sieve.ext.Extensions;

/// A script and, behind a byte 0x1f, a message. Whatever they are: the script compiles or is told what is wrong
/// with it; it ends, with a result or a fault, within its limits; stored and loaded again it does the same.
public final class SieveFuzz {
    private static final byte DIVIDER = 0x1f;
    private static final Limits LIMITS =
            new Limits(1 << 16, 32, 4, 4, 32, 20, 5, 1000, 50, Duration.ofSeconds(10), 200_000, 1 << 20);
    private static final Language LANGUAGE = Extensions.language();
    private static final String MESSAGE =
            "From: a@b.example\r\nTo: c+d@e.example\r\nSubject: one =?utf-8?q?tw=C3=B6?= three\r\n\r\nbody\r\n";

    /// What can not be had together with others.
    private static final List<String> APART = List.of("imapflags", "imapsieve", "notify", "vnd.dovecot.duplicate");

    private static final String EVERYTHING = LANGUAGE.capabilities().stream()
            .filter(name -> !APART.contains(name))
            .collect(Collectors.joining("\", \"", "require [\"", "\"];\r\n"));

    private SieveFuzz() {}

    /// Worth mutating, beside the scripts of other tests.
    static final List<String> SEEDS = List.of(
            "if allof (header :matches [\"a\", \"subject\"] \"*o?e*\", not size :over 1K) { set :upper \"x\" \"${1}\";"
                    + " fileinto :copy \"B${x}\"; } elsif true { keep; } else { discard; stop; }",
            "if address :detail :contains \"to\" \"d\" { redirect \"x@y.example\"; } if string :count \"ge\""
                    + " :comparator \"i;ascii-numeric\" [\"a\", \"${x}\"] \"1\" { fileinto text:\r\n..x\r\n.\r\n; }",
            "if header :regex \"subject\" \"(o[a-n]e)* t(.*)\" { set :length \"n\" \"${2}\"; addflag \"\\\\Seen ${n}\"; }"
                    + " vacation :days 3 :subject \"away\" \"gone\"; keep;",
            "addheader :last \"X-A\" \"v\"; deleteheader :index 1 \"Subject\"; if date :zone \"+0100\" \"date\" \"hour\""
                    + " \"7\" { discard; } foreverypart { if header :mime :type \"content-type\" \"text\" { break; } }",
            "if allof (true, not anyof (false, header :comparator \"i;unicode-casemap\" :contains \"subject\""
                    + " \"TW\u00d6\")) { error \"x${hex:41}\"; }\u001fSubject: tw\u00f6\r\n\r\n");

    public static void fuzz(byte[] input) {
        int end = 0;
        while (end < input.length && input[end] != DIVIDER) {
            end++;
        }
        byte[] plain = Arrays.copyOf(input, end);
        byte[] mail = end < input.length
                ? Arrays.copyOfRange(input, end + 1, input.length)
                : MESSAGE.getBytes(StandardCharsets.UTF_8);
        byte[] first = EVERYTHING.getBytes(StandardCharsets.UTF_8);
        byte[] full = Arrays.copyOf(first, first.length + plain.length);
        System.arraycopy(plain, 0, full, first.length, plain.length);
        try {
            check(plain, mail);
            check(full, mail);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(byte[] script, byte[] mail) throws IOException {
        Compilation compilation = LANGUAGE.compile(script, LIMITS);
        if (compilation.program().isPresent() != compilation.errors().isEmpty()) {
            throw new AssertionError("program and errors: " + compilation.errors());
        }
        if (compilation.program().isEmpty()) {
            return;
        }
        Program program = compilation.program().get();
        Explainer.explain(LANGUAGE, program);
        Program loaded = LANGUAGE.load(program.bytes(), LIMITS).program().orElseThrow();
        String outcome = run(program, mail);
        String again = run(loaded, mail);
        if (!outcome.equals(again)) {
            throw new AssertionError("another outcome when loaded: " + outcome + " / " + again);
        }
    }

    private static String run(Program program, byte[] mail) throws IOException {
        Result result = new Result();
        StringBuilder told = new StringBuilder();
        TextTracer tracer = new TextTracer(line -> told.append(line, 0, Math.min(line.length(), 20)));
        try {
            new Run(
                            EditedMessage.of(ByteSource.of(mail)),
                            Envelope.of("a@b.example", "c+d@e.example"),
                            new QuietHost(),
                            LIMITS,
                            result,
                            tracer)
                    .execute(program);
        } catch (SieveFault fault) {
            told.append(fault.getMessage());
        }
        if (result.actions().size() > LIMITS.mostActions()) {
            throw new AssertionError(result.actions().size() + " actions");
        }
        result.actions().forEach(action -> told.append(TextTracer.described(action)));
        return told.append(result.implicitKeep()).toString();
    }
}
