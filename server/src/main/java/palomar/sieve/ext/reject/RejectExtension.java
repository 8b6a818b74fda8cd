package palomar.sieve.ext.reject;

import palomar.sieve.Action;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Flow;
import palomar.sieve.Run;
import palomar.sieve.Spec;
import palomar.sieve.Text;
import palomar.sieve.ext.imapsieve.ImapSieveExtension;

/// `reject`, and `ereject`, which refuses in the protocol wherever it can. RFC 5429 2
///
/// @param name of the extension and of its command
public record RejectExtension(String name) implements Extension {
    public static final RejectExtension REJECT = new RejectExtension("reject");
    public static final RejectExtension EREJECT = new RejectExtension("ereject");

    @Override
    public void declare(Declarations declarations) {
        declarations.command(Spec.of(name).string("reason"), arguments -> {
            Text reason = arguments.string("reason");
            return run -> {
                run.act(new Action.Reject(reason.value(run), name.equals("ereject")));
                return Flow.NEXT;
            };
        });
        declarations.whenRequired(ImapSieveExtension::check);
        declarations.beforeAction(RejectExtension::check);
    }

    /// A message is refused or delivered, not both; and refused once. RFC 5429 2.4
    private static Action check(Action action, Run run) {
        for (Action other : run.result().actions()) {
            if (action instanceof Action.Reject && other instanceof Action.Reject) {
                throw run.fault("duplicate reject action: a message can be refused once only");
            }
            if (action instanceof Action.Reject && delivers(other)) {
                throw run.fault("reject action is incompatible with the " + other.name() + " action before it");
            }
            if (other instanceof Action.Reject && delivers(action)) {
                throw run.fault(action.name() + " action is incompatible with the reject action before it");
            }
        }
        return action;
    }

    private static boolean delivers(Action action) {
        return switch (action) {
            case Action.Keep _,
                    Action.FileInto _,
                    Action.Redirect _,
                    Action.Vacation _,
                    Action.Pipe _,
                    Action.Snooze _ -> true;
            case Action.Discard _, Action.Reject _, Action.Notify _, Action.Report _, Action.MarkDuplicate _ -> false;
        };
    }
}
