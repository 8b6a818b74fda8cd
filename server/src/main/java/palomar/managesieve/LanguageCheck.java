package palomar.managesieve;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import palomar.scripts.ScriptOwner;
import palomar.sieve.Compilation;
import palomar.sieve.Language;
import palomar.sieve.Limits;
import palomar.sieve.syntax.Diagnostic;
import palomar.sieve.syntax.Position;

/// Compiles scripts as deliveries do. Immutable and safe for many threads.
public final class LanguageCheck implements ScriptCheck {
    private final Language language;
    private final Limits limits;
    private final Abilities abilities;

    /// @param notifications URI schemes that `notify` knows, where the language has it
    /// @param lists URI schemes of external lists, where the language has them
    public LanguageCheck(Language language, Limits limits, List<String> notifications, List<String> lists) {
        this.language = language;
        this.limits = limits;
        List<String> extensions = language.capabilities();
        this.abilities = new Abilities(
                extensions,
                extensions.contains("enotify") ? notifications : List.of(),
                OptionalInt.of(limits.mostRedirects()),
                extensions.contains("extlists") ? lists : List.of());
    }

    @Override
    public Abilities abilities() {
        return abilities;
    }

    @Override
    public Findings check(byte[] script, ScriptOwner owner) {
        Compilation compilation = language.compile(script, limits);
        List<String> errors = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (Diagnostic each : compilation.diagnostics()) {
            (each.isError() ? errors : warnings).add(place(each.at()) + each.text());
        }
        if (compilation.program().isEmpty() && errors.isEmpty()) {
            errors.add(compilation.summary());
        }
        return new Findings(errors, warnings);
    }

    /// RFC 5804 2.6 asks for the line.
    private static String place(Position at) {
        return at.equals(Position.NONE) ? "" : "line " + at.line() + ", column " + at.column() + ": ";
    }
}
