package palomar.sieve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import palomar.message.edit.EditedMessage;
import palomar.message.edit.Part;
import palomar.message.edit.PartCursor;
import palomar.sieve.syntax.Call;
import palomar.sieve.syntax.Position;

/// One execution of a script, and of those that it includes, for one message. Carries nothing out: what is to be
/// done is in the [Result]. One thread, one use.
public final class Run {
    private final Host host;
    private Limits limits;
    private final Meter meter;
    private final @Nullable Tracer tracer;
    private final Map<Class<?>, Object> states = new HashMap<>();
    private final Set<Consumer<Run>> endings = new LinkedHashSet<>();
    private final Actions actions;

    private EditedMessage message;
    private Envelope envelope;
    private @Nullable PartCursor cursor;
    private @Nullable Frame frame;
    private Position at = Position.NONE;

    /// @param result what scripts before this one want done; this one adds to it
    /// @param tracer null: nobody watches
    public Run(
            EditedMessage message,
            Envelope envelope,
            Host host,
            Limits limits,
            Result result,
            @Nullable Tracer tracer) {
        this.message = message;
        this.envelope = envelope;
        this.host = host;
        this.limits = limits;
        this.tracer = tracer;
        this.meter = new Meter(limits);
        this.actions = new Actions(this, result);
    }

    /// Runs a script to its end.
    ///
    /// @throws SieveFault when it could not go on; the result is then what it was up to there, and whoever asked
    ///     for the run keeps the message: RFC 5228 2.10.6
    /// @throws IOException when the message can't be read
    public void execute(Program program) throws IOException {
        include(program);
        for (Consumer<Run> ending : endings) {
            ending.accept(this);
        }
    }

    /// Runs another script within this run, with variables of its own; [Flow#STOP] when it ended the whole run.
    public Flow include(Program program) throws IOException {
        Frame outer = frame;
        Position back = at;
        frame = new Frame(program);
        endings.addAll(program.endings());
        try {
            Flow flow = program.root().execute(this);
            return flow == Flow.STOP ? flow : Flow.NEXT;
        } finally {
            frame = outer == null ? frame : outer;
            at = back;
        }
    }

    public Host host() {
        return host;
    }

    public Limits limits() {
        return limits;
    }

    /// Goes on with other limits of actions and variables, for a runner of tests.
    public void limits(Limits other) {
        limits = other;
    }

    public Settings settings() {
        return host.settings();
    }

    /// As edited so far.
    public EditedMessage message() {
        return message;
    }

    /// Goes on with another message, for a runner of tests.
    public void message(EditedMessage other) {
        message = other;
        cursor = null;
    }

    public Envelope envelope() {
        return envelope;
    }

    public void envelope(Envelope other) {
        envelope = other;
    }

    public Result result() {
        return actions.result();
    }

    /// Goes on with another result, for a runner of tests; limits are counted anew.
    public void result(Result other) {
        actions.result(other);
    }

    /// The part that a loop is at, as it is now; empty: the whole message. RFC 5703 3
    public Optional<Part> part() throws IOException {
        PartCursor current = cursor().orElse(null);
        return current == null ? Optional.empty() : Optional.of(current.part());
    }

    /// Where the innermost loop over parts is; empty: there is none.
    public Optional<PartCursor> cursor() throws IOException {
        PartCursor current = cursor;
        return current == null || !current.isThere() ? Optional.empty() : Optional.of(current);
    }

    public void cursor(@Nullable PartCursor other) {
        cursor = other;
    }

    /// Adds an action to the result, changed by the extensions that the script requires, unless an earlier one
    /// does the same; cancels the implicit keep where the action does that.
    public void act(Action action) throws IOException {
        actions.add(action);
    }

    /// The variables of the script that is running.
    public Frame frame() {
        Frame current = frame;
        if (current == null) {
            throw new IllegalStateException("no script is running");
        }
        return current;
    }

    /// Remembers what a match took: all of it, then what each wildcard stands for. RFC 5229 3.2
    public void matched(List<String> values) {
        frame().matched(new ArrayList<>(values));
    }

    /// What an extension remembers during the run, under a type of its own.
    public <T> T state(Class<T> type, Supplier<T> first) {
        return type.cast(states.computeIfAbsent(type, missing -> first.get()));
    }

    /// Forgets it.
    public void forget(Class<?> type) {
        states.remove(type);
    }

    /// Where the run is.
    public Position at() {
        return at;
    }

    /// A fault at the statement or test that is being executed, to be thrown.
    public SieveFault fault(String text) {
        return new SieveFault(at, text);
    }

    /// Work was done: about one step is a test or a comparison of a short value. Ends the run when it is too much.
    public void charge(long steps) {
        if (!meter.spend(steps)) {
            throw fault("execution exceeds the processor time limit");
        }
    }

    /// So many bytes more are held until the end of the run; negative: so many less. Ends the run when it is too
    /// much.
    public void hold(long bytes) {
        if (!meter.hold(bytes)) {
            throw fault("execution exceeds the memory limit of " + limits.mostMemory() + " bytes");
        }
    }

    public boolean isTraced() {
        return tracer != null;
    }

    /// Only when [#isTraced].
    public Tracer trace() {
        Tracer watching = tracer;
        if (watching == null) {
            throw new IllegalStateException("nobody watches this run");
        }
        return watching;
    }

    void begin(Call statement) {
        at = statement.at();
        charge(1);
        if (tracer != null) {
            tracer.statement(this, statement);
        }
    }

    void beginTest(Call test) {
        at = test.at();
        charge(1);
    }
}
