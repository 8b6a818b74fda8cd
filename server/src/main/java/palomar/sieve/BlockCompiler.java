package palomar.sieve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import palomar.sieve.syntax.Call;

/// Compiles commands and tests: finds what their names mean, checks that they may stand where they stand, and
/// leaves their arguments to [CallCompiler]. One thread.
final class BlockCompiler {
    private final Scope scope;
    private int depth;
    private boolean beginning = true;

    BlockCompiler(Scope scope) {
        this.scope = scope;
    }

    Statement script(List<Call> tree) {
        return block(tree);
    }

    Statement block(List<Call> commands) {
        depth++;
        List<Call> calls = new ArrayList<>();
        List<Statement> statements = new ArrayList<>();
        Call before = null;
        Statement previous = null;
        for (Call call : commands) {
            Statement compiled = command(call, before, previous);
            if (compiled != Statement.NOTHING && compiled != previous) { // an elsif becomes part of its if
                calls.add(call);
                statements.add(compiled);
            }
            before = call;
            previous = compiled;
        }
        depth--;
        return new Block(calls, statements);
    }

    private Statement command(Call call, @Nullable Call before, @Nullable Statement previous) {
        Set<String> outer = scope.collectUsed();
        Declared.Entry<Declarations.CommandCompiler> entry =
                scope.command(call.name()).orElse(null);
        if (entry == null) {
            scope.collected(outer);
            unknownCommand(call);
            beginning = false;
            return run -> Flow.NEXT;
        }
        boolean placed = isPlaced(entry.spec(), call, before);
        beginning &= entry.spec().first();
        CallCompiler compiler = new CallCompiler(this, scope, call, entry.spec(), "command", previous);
        if (placed && !entry.spec().follows().isEmpty() && previous instanceof Chain chain && chain.isClosed()) {
            compiler.readShape();
            scope.collected(outer);
            return chain;
        }
        if (!placed || !compiler.read()) {
            scope.collected(outer);
            return entry.spec().block() ? broken(call) : run -> Flow.NEXT;
        }
        Statement compiled = entry.compiler().compile(compiler);
        compiler.finish();
        Set<String> guarded = scope.collected(outer);
        if (guarded.isEmpty()) {
            return compiled;
        }
        return run -> {
            Enabled.check(run, guarded);
            return compiled.execute(run);
        };
    }

    /// The block of a broken command is checked too.
    private Statement broken(Call call) {
        call.block().ifPresent(this::block);
        return run -> Flow.NEXT;
    }

    private void unknownCommand(Call call) {
        if (scope.test(call.name()).isPresent()) {
            scope.error(call.at(), "attempted to use test '" + call.name() + "' as a command");
        } else {
            scope.error(call.at(), "unknown command '" + call.name() + "'" + hint(call, "command"));
        }
    }

    private String hint(Call call, String kind) {
        List<String> offering = scope.language().offering(call.name());
        return offering.isEmpty()
                ? ": no extension that the script requires has such a " + kind
                : ": this " + kind + " needs require \"" + offering.getFirst() + "\"";
    }

    private boolean isPlaced(Spec spec, Call call, @Nullable Call before) {
        if (spec.first() && (depth > 1 || !beginning)) {
            scope.error(
                    call.at(),
                    "the " + call.name() + " command is not allowed here: it must be at top level at the beginning of"
                            + " the script");
            return false;
        }
        if (spec.topLevel() && depth > 1) {
            scope.error(
                    call.at(),
                    "the " + call.name() + " command is not allowed here: it must be at top level, outside of any"
                            + " block");
            return false;
        }
        if (!spec.follows().isEmpty() && (before == null || !spec.follows().contains(before.name()))) {
            scope.error(
                    call.at(),
                    "the " + call.name() + " command is not allowed here: it must follow an "
                            + String.join(" or ", spec.follows()) + " command");
            return false;
        }
        return true;
    }

    /// Empty when the test is broken, with what is wrong reported.
    Optional<Condition> test(Call call) {
        Set<String> outer = scope.collectUsed();
        Declared.Entry<Declarations.TestCompiler> entry =
                scope.test(call.name()).orElse(null);
        if (entry == null) {
            scope.collected(outer);
            if (scope.command(call.name()).isPresent()) {
                scope.error(call.at(), "attempted to use command '" + call.name() + "' as a test");
            } else {
                scope.error(call.at(), "unknown test '" + call.name() + "'" + hint(call, "test"));
            }
            return Optional.empty();
        }
        CallCompiler compiler = new CallCompiler(this, scope, call, entry.spec(), "test", null);
        if (!compiler.read()) {
            scope.collected(outer);
            return Optional.empty();
        }
        Condition compiled = entry.compiler().compile(compiler);
        Set<String> guarded = scope.collected(outer);
        if (guarded.isEmpty()) {
            return Optional.of(new Probe(call, compiled));
        }
        return Optional.of(new Probe(call, run -> {
            Enabled.check(run, guarded);
            return compiled.test(run);
        }));
    }
}
