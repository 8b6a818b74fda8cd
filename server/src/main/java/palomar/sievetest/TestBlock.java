package palomar.sievetest;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import palomar.sieve.Arguments;
import palomar.sieve.Declarations;
import palomar.sieve.Flow;
import palomar.sieve.Run;
import palomar.sieve.Spec;
import palomar.sieve.Statement;
import palomar.sieve.Text;

/// A `test` in a file: its block, which `test_fail` leaves. One thread, as the file.
final class TestBlock implements Statement {
    private final Text name;
    private final Flow leave = Flow.leave(this);
    private @Nullable Statement block;
    private int number;
    private String called = "";

    private TestBlock(Text name) {
        this.name = name;
    }

    static void declare(Declarations declarations) {
        declarations.command(Spec.of("test").string("name").withBlock().atTopLevel(), TestBlock::compile);
        declarations.command(Spec.of("test_fail").string("reason"), TestBlock::fail);
    }

    private static Statement compile(Arguments arguments) {
        TestBlock test = new TestBlock(arguments.string("name"));
        test.block = arguments.block(test);
        return test;
    }

    private static Statement fail(Arguments arguments) {
        Text reason = arguments.string("reason");
        return run -> failed(run, reason.value(run));
    }

    @Override
    public Flow execute(Run run) throws IOException {
        Statement commands = block;
        if (commands == null) {
            return Flow.NEXT;
        }
        TestWorld world = TestWorld.of(run);
        if (TestWorld.placeOf(run).subTest()) {
            return commands.execute(run);
        }
        number = world.report().start();
        called = name.value(run);
        world.current(this);
        Flow flow = commands.execute(run);
        world.current(null);
        if (flow.leaves(this)) {
            return Flow.NEXT;
        }
        world.report().passed(number, called);
        return flow;
    }

    /// Fails the test that is running; without one the script is over.
    static Flow failed(Run run, String reason) {
        TestWorld world = TestWorld.of(run);
        TestWorld.Place place = TestWorld.placeOf(run);
        if (place.subTest()) {
            place.failed()[0] = true;
            return Flow.STOP;
        }
        TestBlock test = world.current().orElse(null);
        if (test == null) {
            world.report().failedOutside();
            throw run.fault(reason);
        }
        world.report().failed(test.number, test.called, reason);
        return test.leave;
    }
}
