package palomar.server.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import palomar.server.ExitCode;
import palomar.server.Terminal;
import palomar.sieve.Compilation;
import palomar.sieve.Explainer;
import palomar.sieve.Language;
import palomar.sieve.Limits;
import palomar.sieve.Program;
import palomar.sieve.ext.Extensions;
import palomar.sieve.syntax.Diagnostic;

/// Looks at scripts in files without running them.
record SieveFiles(Terminal terminal) {

    /// All that is wrong or doubtful, a line each; 65 when a script has an error.
    int check(List<Path> files) throws IOException {
        boolean good = true;
        for (Path file : files) {
            Compilation compilation = compile(file, terminal.out());
            good &= compilation.program().isPresent();
            long errors = compilation.diagnostics().stream()
                    .filter(Diagnostic::isError)
                    .count();
            int warnings = compilation.warnings().size();
            terminal.out()
                    .println(file + ": " + (errors == 0 ? "good" : count(errors, "error"))
                            + (warnings == 0 ? "" : ", " + count(warnings, "warning")));
        }
        return (good ? ExitCode.OK : ExitCode.DATA).number();
    }

    private static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    int explain(Path file) throws IOException {
        Optional<Program> program = compile(file, terminal.err()).program();
        if (program.isEmpty()) {
            return ExitCode.DATA.number();
        }
        Explainer.explain(language(), program.get()).forEach(terminal.out()::println);
        return ExitCode.OK.number();
    }

    static Language language() {
        return Extensions.language();
    }

    /// Says what is wrong with a script.
    Compilation compile(Path file, PrintStream to) throws IOException {
        Compilation compilation = language().compile(Files.readAllBytes(file), Limits.USUAL);
        compilation.diagnostics().forEach(each -> to.println(file + ":" + each));
        return compilation;
    }
}
