package palomar.sieve.ext.foreverypart;

import java.io.IOException;
import palomar.message.edit.PartCursor;
import palomar.sieve.Flow;
import palomar.sieve.Run;
import palomar.sieve.Statement;

/// Walks the parts of the message, or those inside the part that a loop around it is at. Immutable. RFC 5703 3
record LoopStatement(Loop loop, Statement block) implements Statement {
    private static final int STEPS_OF_PART = 4;

    @Override
    public Flow execute(Run run) throws IOException {
        PartCursor outer = run.cursor().orElse(null);
        PartCursor cursor = outer == null ? run.message().parts() : outer.inner();
        try {
            while (cursor.next()) {
                run.charge(STEPS_OF_PART);
                run.cursor(cursor);
                Flow flow = block.execute(run);
                if (!flow.isNext()) {
                    return flow.leaves(loop) ? Flow.NEXT : flow;
                }
            }
            return Flow.NEXT;
        } finally {
            run.cursor(outer);
        }
    }
}
