package palomar.delivery.sieve;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import palomar.event.Event;
import palomar.message.edit.EditedMessage;
import palomar.sieve.Action;
import palomar.sieve.Compilation;
import palomar.sieve.Envelope;
import palomar.sieve.Host;
import palomar.sieve.Language;
import palomar.sieve.Limits;
import palomar.sieve.ProgramCache;
import palomar.sieve.Result;
import palomar.sieve.Run;
import palomar.sieve.SieveFault;
import palomar.sieve.ext.imap4flags.FlagVariable;
import palomar.sieve.syntax.Diagnostic;

/// Runs the scripts of one delivery in their order, on one message with one result. One thread, one use.
///
/// The next script runs while the ones before it leave the message to be kept: by the implicit keep, or by an
/// explicit one, which is put off. A script that can't be compiled, or fails, ends the chain: what it wanted is
/// forgotten, what those before it wanted is done, and the message is kept. RFC 5228 2.10.6
public final class ScriptChain {
    private final Host host;
    private final Limits limits;
    private final ProgramCache cache;
    private final ScriptLog log;
    private final Event event;
    private final FlagVariable flags;
    private final Result result = new Result();
    /// What one script sets the next one finds. RFC 5232 2
    private final List<String> errors = new ArrayList<>();
    private EditedMessage message;
    private boolean failed;
    private long nanos;

    /// @param message is edited by the scripts; see [#message()]
    public ScriptChain(
            EditedMessage message, Host host, Limits limits, ProgramCache cache, ScriptLog log, Event event) {
        this(message, host, limits, cache, log, event, new FlagVariable(List::of));
    }

    /// @param flags of the message, which the scripts share
    ScriptChain(
            EditedMessage message,
            Host host,
            Limits limits,
            ProgramCache cache,
            ScriptLog log,
            Event event,
            FlagVariable flags) {
        this.flags = flags;
        this.message = message;
        this.host = host;
        this.limits = limits;
        this.cache = cache;
        this.log = log;
        this.event = event;
    }

    /// One script.
    ///
    /// @param personal errors are the user's business; else the operator's
    public record Link(String name, byte[] source, Language language, boolean personal) {}

    /// Whether a further script would run: then whatever keeps the message is put off.
    public boolean goesOn() {
        return !failed && (result.implicitKeep() || keeps());
    }

    private boolean keeps() {
        return result.actions().stream().anyMatch(Action.Keep.class::isInstance);
    }

    /// Runs one script after what came before it, if the chain goes on.
    ///
    /// @throws IOException the message can't be read
    public void run(Link link, Envelope envelope) throws IOException {
        if (goesOn()) {
            putOffKeep();
            execute(link, envelope);
        }
    }

    private void putOffKeep() {
        for (Action action : List.copyOf(result.actions())) {
            if (action instanceof Action.Keep keep) {
                result.remove(keep);
                result.restoreImplicitKeep();
                if (keep.flags().isPresent()) {
                    result.implicitKeepFlags(keep.flags());
                }
            }
        }
    }

    /// Runs a last script when the message would go nowhere; it may take it up again.
    public void runIfDiscarded(Link link, Envelope envelope) throws IOException {
        if (!failed && !result.implicitKeep() && result.actions().stream().noneMatch(ScriptChain::delivers)) {
            execute(link, envelope);
        }
    }

    private static boolean delivers(Action action) {
        return switch (action) {
            case Action.Keep _, Action.FileInto _, Action.Redirect _, Action.Reject _, Action.Pipe _, Action.Snooze _ ->
                true;
            case Action.Discard _, Action.Vacation _, Action.Notify _, Action.Report _, Action.MarkDuplicate _ -> false;
        };
    }

    private void execute(Link link, Envelope envelope) throws IOException {
        Compilation compiled = cache.compile(link.language(), link.source(), limits);
        if (compiled.program().isEmpty()) {
            for (Diagnostic each : compiled.diagnostics()) {
                if (each.isError()) {
                    complain(link, each.at() + ": " + each.text());
                }
            }
            complain(link, "the script does not compile, the message is kept: " + compiled.summary());
            errors.addAll(compiled.errors());
            fail();
            return;
        }
        List<Action> before = List.copyOf(result.actions());
        EditedMessage unedited = message.fork();
        long from = System.nanoTime();
        try {
            Run run = new Run(message, envelope, host, limits, result, null);
            run.state(FlagVariable.class, () -> flags);
            run.execute(compiled.program().get());
            message = run.message();
        } catch (SieveFault fault) {
            for (Action action : List.copyOf(result.actions())) {
                if (before.stream().noneMatch(each -> each == action)) {
                    result.remove(action);
                }
            }
            message = unedited;
            complain(link, fault.at() + ": " + fault.getMessage() + "; the message is kept");
            errors.add(fault.getMessage());
            fail();
        } finally {
            nanos += System.nanoTime() - from;
        }
    }

    private void fail() {
        failed = true;
        result.restoreImplicitKeep();
    }

    private void complain(Link link, String text) {
        if (link.personal()) {
            log.say(Host.LogLevel.ERROR, link.name() + ": " + text);
        } else {
            event.error("sieve.script", "a script of the operator failed: " + text, null, "script", link.name());
        }
    }

    public Result result() {
        return result;
    }

    /// As the scripts have edited it.
    public EditedMessage message() {
        return message;
    }

    /// Whether a script could not be compiled, or failed.
    boolean failed() {
        return failed;
    }

    /// Texts of what was wrong, as [Compilation#errors].
    public List<String> errors() {
        return List.copyOf(errors);
    }

    /// How long scripts ran.
    public Duration used() {
        return Duration.ofNanos(nanos);
    }
}
