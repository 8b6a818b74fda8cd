package palomar.managesieve;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import palomar.event.Event;
import palomar.managesieve.proto.Command;
import palomar.managesieve.proto.ResponseCode;
import palomar.managesieve.proto.ResponseWriter;
import palomar.scripts.ScriptEntry;
import palomar.scripts.ScriptLimits;
import palomar.scripts.ScriptName;
import palomar.scripts.UserScripts;

/// What a user does with his scripts. RFC 5804 2.5 to 2.12
final class ScriptDesk {
    private static final Reply NONEXISTENT =
            Reply.no(ResponseCode.Plain.NONEXISTENT, "there is no script of that name");
    private static final Reply EMPTY = Reply.no("an empty script is no script");

    private final State.User user;
    private final ScriptCheck check;
    private final ResponseWriter out;
    private final Event event;

    ScriptDesk(State.User user, ScriptCheck check, ResponseWriter out, Event event) {
        this.user = user;
        this.check = check;
        this.out = out;
        this.event = event;
    }

    private UserScripts scripts() {
        return user.scripts();
    }

    /// With a name that can be one.
    private interface Named {
        Reply with(ScriptName name) throws IOException;
    }

    private static Reply named(String text, Named work) throws IOException {
        Optional<String> problem = ScriptName.problem(text);
        return problem.isPresent() ? Reply.no(problem.get()) : work.with(new ScriptName(text));
    }

    Reply haveSpace(Command.HaveSpace command) throws IOException {
        return named(
                command.name(),
                name -> scripts()
                        .excess(name, command.size())
                        .map(ScriptDesk::exceeded)
                        .orElse(Reply.ok("there is room for it")));
    }

    static Reply exceeded(ScriptLimits.Excess excess) {
        return switch (excess) {
            case TOO_MANY -> Reply.no(ResponseCode.Plain.QUOTA_MAXSCRIPTS, "too many scripts: delete one first");
            case TOO_BIG -> Reply.no(ResponseCode.Plain.QUOTA_MAXSIZE, "the script is too large");
            case TOO_MUCH -> Reply.no(ResponseCode.Plain.QUOTA, "all scripts together would be too large");
        };
    }

    Reply put(Command.PutScript command) throws IOException {
        byte[] content = command.content();
        if (content.length == 0) {
            return EMPTY;
        }
        return named(command.name(), name -> {
            // First what costs little.
            Optional<ScriptLimits.Excess> excess = scripts().excess(name, content.length);
            if (excess.isPresent()) {
                return exceeded(excess.get());
            }
            ScriptCheck.Findings findings = check.check(content, user.owner());
            if (!findings.errors().isEmpty()) {
                return unfit(findings);
            }
            Optional<ScriptLimits.Excess> meanwhile = scripts().put(name, content);
            if (meanwhile.isPresent()) {
                return exceeded(meanwhile.get());
            }
            event.info("managesieve.put", "stored a script", "script", name, "bytes", content.length);
            return fit(findings, "stored");
        });
    }

    Reply check(Command.CheckScript command) {
        if (command.content().length == 0) {
            return EMPTY;
        }
        ScriptCheck.Findings findings = check.check(command.content(), user.owner());
        return findings.errors().isEmpty() ? fit(findings, "the script is fine") : unfit(findings);
    }

    /// Errors come with the warnings: whoever mends the one may mend the other.
    private static Reply unfit(ScriptCheck.Findings findings) {
        String errors = lines(findings.errors());
        return Reply.no(findings.warnings().isEmpty() ? errors : errors + "\r\n" + lines(findings.warnings()));
    }

    private static Reply fit(ScriptCheck.Findings findings, String text) {
        return findings.warnings().isEmpty()
                ? Reply.ok(text)
                : Reply.ok(ResponseCode.Plain.WARNINGS, lines(findings.warnings()));
    }

    private static String lines(List<String> lines) {
        return String.join("\r\n", lines);
    }

    Reply list() throws IOException {
        for (ScriptEntry entry : scripts().list()) {
            out.listed(entry.name().value(), entry.active());
        }
        return Reply.ok("that is all");
    }

    Reply get(Command.GetScript command) throws IOException {
        return named(command.name(), name -> {
            Optional<byte[]> content = scripts().content(name);
            if (content.isEmpty()) {
                return NONEXISTENT;
            }
            out.script(content.get());
            return Reply.ok("that is the script");
        });
    }

    /// A script that other programs have put into place may be unfit; then it does not become the active one.
    Reply setActive(Command.SetActive command) throws IOException {
        if (command.name().isEmpty()) {
            scripts().deactivate();
            event.info("managesieve.deactivate", "no script is active now");
            return Reply.ok("no script is active now");
        }
        return named(command.name(), name -> {
            Optional<byte[]> content = scripts().content(name);
            if (content.isEmpty()) {
                return NONEXISTENT;
            }
            ScriptCheck.Findings findings = check.check(content.get(), user.owner());
            if (!findings.errors().isEmpty()) {
                return unfit(findings);
            }
            if (!scripts().activate(name)) {
                return NONEXISTENT;
            }
            event.info("managesieve.activate", "a script is active now", "script", name);
            return fit(findings, "active now");
        });
    }

    Reply delete(Command.DeleteScript command) throws IOException {
        return named(command.name(), name -> switch (scripts().delete(name)) {
            case DONE -> {
                event.info("managesieve.delete", "deleted a script", "script", name);
                yield Reply.ok("deleted");
            }
            case NOT_THERE -> NONEXISTENT;
            case ACTIVE ->
                Reply.no(ResponseCode.Plain.ACTIVE, "the active script can't be deleted: make another active");
        });
    }

    Reply rename(Command.RenameScript command) throws IOException {
        return named(
                command.from(),
                from -> named(command.to(), to -> switch (scripts().rename(from, to)) {
                    case DONE -> {
                        event.info("managesieve.rename", "renamed a script", "script", from, "to", to);
                        yield Reply.ok("renamed");
                    }
                    case NOT_THERE -> NONEXISTENT;
                    case TAKEN -> Reply.no(ResponseCode.Plain.ALREADYEXISTS, "there is a script of the new name");
                }));
    }
}
