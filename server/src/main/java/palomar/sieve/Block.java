package palomar.sieve;

import java.io.IOException;
import java.util.List;
import palomar.sieve.syntax.Call;

/// Statements one behind the other.
final class Block implements Statement {
    private final Call[] calls;
    private final Statement[] statements;

    Block(List<Call> calls, List<Statement> statements) {
        this.calls = calls.toArray(Call[]::new);
        this.statements = statements.toArray(Statement[]::new);
    }

    @Override
    public Flow execute(Run run) throws IOException {
        for (int i = 0; i < statements.length; i++) {
            run.begin(calls[i]);
            Flow flow = statements[i].execute(run);
            if (!flow.isNext()) {
                return flow;
            }
        }
        return Flow.NEXT;
    }
}
