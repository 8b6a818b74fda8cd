package palomar.sieve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import palomar.sieve.syntax.Diagnostic;
import palomar.sieve.syntax.Diagnostics;

/// What became of a script.
///
/// @param program empty when there was an error
/// @param diagnostics errors and warnings, in the order in which they were found
/// @param summary which stage failed; empty when none did
public record Compilation(Optional<Program> program, List<Diagnostic> diagnostics, String summary) {

    static Compilation failed(Diagnostics diagnostics, String summary) {
        return new Compilation(Optional.empty(), diagnostics.list(), summary);
    }

    /// Texts of the errors, and the summary behind them when there are any.
    public List<String> errors() {
        List<String> texts = new ArrayList<>();
        for (Diagnostic each : diagnostics) {
            if (each.isError()) {
                texts.add(each.text());
            }
        }
        if (!summary.isEmpty()) {
            texts.add(summary);
        }
        return List.copyOf(texts);
    }

    public List<Diagnostic> warnings() {
        return diagnostics.stream().filter(each -> !each.isError()).toList();
    }
}
