package palomar.sieve.trace;

import java.io.PrintStream;
import palomar.sieve.Action;
import palomar.sieve.Run;
import palomar.sieve.Tracer;
import palomar.sieve.syntax.Call;

/// Writes what a run does, a line for each step, with the line and column of the script in front. One thread.
public final class TextTracer implements Tracer {
    private static final int PLACE = 9;

    private final PrintStream out;

    public TextTracer(PrintStream out) {
        this.out = out;
    }

    @Override
    public void statement(Run run, Call command) {
        line(command.at().toString(), "", ScriptText.of(command));
    }

    @Override
    public void test(Run run, Call test, boolean outcome) {
        line(test.at().toString(), "  ", ScriptText.of(test) + " => " + outcome);
    }

    @Override
    public void compared(Run run, String value, String key, boolean outcome) {
        String same = outcome ? " matches " : " does not match ";
        line("", "    ", ScriptText.quote(value) + same + ScriptText.quote(key));
    }

    @Override
    public void action(Run run, Action action) {
        line("", "  -> ", ActionText.of(action));
    }

    @Override
    public void note(Run run, String text) {
        line("", "    ", text);
    }

    private void line(String place, String indent, String text) {
        out.println(place + " ".repeat(Math.max(1, PLACE - place.length())) + indent + text);
    }
}
