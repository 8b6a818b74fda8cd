package palomar.sieve;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import palomar.sieve.syntax.Call;
import palomar.sieve.syntax.TreeWriter;

/// A script that can be run. Immutable and safe for many threads.
public final class Program {
    private final List<Call> tree;
    private final Statement root;
    private final int variables;
    private final Set<String> required;
    private final List<Effect> beforeAction;
    private final List<Consumer<Run>> endings;

    private Program(List<Call> tree, Statement root, Scope scope) {
        this.tree = tree;
        this.root = root;
        this.variables = scope.slots();
        this.required = scope.required();
        this.beforeAction = scope.active().stream()
                .flatMap(each -> each.beforeAction.stream())
                .toList();
        this.endings =
                scope.active().stream().flatMap(each -> each.atEnd.stream()).toList();
    }

    static Program of(List<Call> tree, Statement root, Scope scope) {
        return new Program(tree, root, scope);
    }

    /// The script as it was written, for those who explain it.
    public List<Call> tree() {
        return tree;
    }

    /// The script for storing: [Language#load] makes a program of it without parsing.
    public byte[] bytes() {
        return TreeWriter.write(tree);
    }

    /// Extensions that it requires, sorted.
    public Set<String> required() {
        return required;
    }

    Statement root() {
        return root;
    }

    int variables() {
        return variables;
    }

    List<Effect> beforeAction() {
        return beforeAction;
    }

    List<Consumer<Run>> endings() {
        return endings;
    }
}
