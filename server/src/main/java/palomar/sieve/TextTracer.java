package palomar.sieve;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import palomar.sieve.syntax.Call;
import palomar.sieve.syntax.Octets;

/// Tells a run in lines of text: the line of the script, and what happened there. One thread.
public final class TextTracer implements Tracer {
    private static final int MOST = 120;

    private final Consumer<String> out;

    /// @param out takes one line, without its end
    public TextTracer(Consumer<String> out) {
        this.out = out;
    }

    @Override
    public void statement(Run run, Call command) {
        line(command.at().line(), command.name());
    }

    @Override
    public void test(Run run, Call test, boolean outcome) {
        line(test.at().line(), "  " + test.name() + " test is " + outcome);
    }

    @Override
    public void compared(Run run, String value, String key, boolean outcome) {
        line(run.at().line(), "    " + quoted(value) + (outcome ? " matches " : " does not match ") + quoted(key));
    }

    @Override
    public void action(Run run, Action action) {
        line(run.at().line(), "  action: " + described(action));
    }

    @Override
    public void note(Run run, String text) {
        line(run.at().line(), "  " + text);
    }

    private void line(int line, String text) {
        String number = Integer.toString(line);
        out.accept(" ".repeat(Math.max(0, 5 - number.length())) + number + ": " + text);
    }

    /// As people read it: `store into mailbox 'x'`.
    public static String described(Action action) {
        return switch (action) {
            case Action.Keep keep -> "keep in the default mailbox" + flags(keep.flags());
            case Action.FileInto filed ->
                "store into mailbox " + quoted(filed.mailbox())
                        + (filed.create() ? ", created when it is missing" : "")
                        + (filed.copy() ? ", as a copy" : "")
                        + flags(filed.flags())
                        + filed.specialUse().map(use -> ", special use " + use).orElse("")
                        + filed.mailboxId().map(id -> ", mailbox id " + id).orElse("");
            case Action.Redirect redirect ->
                "redirect to "
                        + (redirect.list() ? "the members of " : "")
                        + quoted(redirect.address())
                        + (redirect.copy() ? ", as a copy" : "");
            case Action.Discard _ -> "discard";
            case Action.Reject reject -> "reject with " + quoted(reject.reason());
            case Action.Vacation vacation -> "reply with " + quoted(vacation.reason());
            case Action.Notify notify -> "notify " + quoted(notify.method());
            case Action.Report report -> "report as " + report.type() + " to " + quoted(report.address());
            case Action.Pipe pipe -> "pipe to program " + quoted(pipe.program());
            case Action.MarkDuplicate mark -> "remember " + quoted(mark.key()) + " for " + mark.seconds() + " seconds";
            case Action.Snooze snooze ->
                "snooze"
                        + snooze.mailbox()
                                .map(name -> ", back into " + quoted(name))
                                .orElse("");
        };
    }

    private static String flags(Optional<List<String>> flags) {
        return flags.map(list -> ", flags " + (list.isEmpty() ? "none" : String.join(" ", list)))
                .orElse("");
    }

    /// One line of it, cut where it is long.
    private static String quoted(String text) {
        StringBuilder shown = new StringBuilder("\"");
        for (int i = 0; i < text.length() && i < MOST; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\r' -> shown.append("\\r");
                case '\n' -> shown.append("\\n");
                default -> shown.append(Character.isISOControl(c) ? '?' : c);
            }
        }
        shown.append(text.length() > MOST ? "...\"" : "\"");
        String line = shown.toString();
        return Octets.isOdd(line) ? new String(Octets.encode(line), StandardCharsets.UTF_8) : line;
    }
}
