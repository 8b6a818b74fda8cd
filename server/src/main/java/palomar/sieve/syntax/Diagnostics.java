package palomar.sieve.syntax;

import java.util.ArrayList;
import java.util.List;

/// Collects what is wrong in one script; the first hundred faults are enough for anybody. One thread.
public final class Diagnostics {
    private static final int MOST = 100;

    private final List<Diagnostic> list = new ArrayList<>();
    private int errors;

    public void error(Position at, String text) {
        errors++;
        add(new Diagnostic(Diagnostic.Severity.ERROR, at, text));
    }

    public void warning(Position at, String text) {
        add(new Diagnostic(Diagnostic.Severity.WARNING, at, text));
    }

    private void add(Diagnostic found) {
        if (list.size() < MOST) {
            list.add(found);
        }
    }

    /// All errors so far, those that are not kept too.
    public int errors() {
        return errors;
    }

    public List<Diagnostic> list() {
        return List.copyOf(list);
    }
}
