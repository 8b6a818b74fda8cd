package palomar.sieve.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import palomar.sieve.Action;
import palomar.sieve.Result;

/// What a script wants done, in words.
public final class ActionText {
    private ActionText() {}

    /// One line for each action, and one for the implicit keep.
    public static List<String> of(Result result) {
        List<String> lines = new ArrayList<>();
        result.actions().forEach(action -> lines.add(of(action)));
        if (result.implicitKeep()) {
            lines.add("keep (implicit)" + flags(result.implicitKeepFlags()));
        }
        return List.copyOf(lines);
    }

    public static String of(Action action) {
        return switch (action) {
            case Action.Keep keep -> "keep" + flags(keep.flags());
            case Action.FileInto filed ->
                "store the message in mailbox " + ScriptText.quote(filed.mailbox()) + where(filed)
                        + (filed.create() ? ", made if missing" : "") + flags(filed.flags())
                        + (filed.copy() ? " (a copy)" : "");
            case Action.Redirect redirect ->
                "redirect to " + (redirect.list() ? "list " : "") + ScriptText.quote(redirect.address())
                        + (redirect.copy() ? " (a copy)" : "");
            case Action.Discard _ -> "discard";
            case Action.Reject reject ->
                (reject.protocolFirst() ? "ereject " : "reject ") + ScriptText.quote(reject.reason());
            case Action.Vacation vacation ->
                "vacation reply, once in " + vacation.seconds() + " s: " + ScriptText.quote(vacation.reason());
            case Action.Notify notify ->
                "notify " + ScriptText.quote(notify.method()) + ", importance " + notify.importance()
                        + notify.text().map(text -> ": " + ScriptText.quote(text)).orElse("");
            case Action.Report report ->
                "report " + report.type() + " to " + ScriptText.quote(report.address());
            case Action.Pipe pipe ->
                "pipe to program " + ScriptText.quote(pipe.program()) + " " + pipe.arguments()
                        + (pipe.copy() ? " (a copy)" : "");
            case Action.MarkDuplicate mark -> "remember for the duplicate test, " + mark.seconds() + " s";
            case Action.Snooze snooze -> "snooze until " + snooze.secondsOfDay() + " s of the day";
        };
    }

    private static String where(Action.FileInto filed) {
        return filed.specialUse().map(use -> ", or one for " + use).orElse("")
                + filed.mailboxId().map(id -> ", or the one with id " + id).orElse("");
    }

    private static String flags(Optional<List<String>> flags) {
        return flags.filter(list -> !list.isEmpty()).map(list -> ", flags " + String.join(" ", list)).orElse("");
    }
}
