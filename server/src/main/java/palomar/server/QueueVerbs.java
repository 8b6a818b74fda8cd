package palomar.server;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import palomar.admin.ControlFailure;
import palomar.admin.ControlReply;
import palomar.admin.ControlVerb;
import palomar.outbox.QueuedMail;
import palomar.outbox.SpooledOutbox;

/// What an operator can ask of outgoing mail: `palomar queue`.
record QueueVerbs(SpooledOutbox outbox) {

    Map<String, ControlVerb> all() {
        return Map.of(
                "queue-list", (arguments, reply) -> list(reply),
                "queue-show", this::show,
                "queue-flush", (arguments, reply) -> flush(reply),
                "queue-drop", this::drop,
                "queue-hold", (arguments, reply) -> hold(arguments, reply, true),
                "queue-release", (arguments, reply) -> hold(arguments, reply, false));
    }

    private void list(ControlReply reply) {
        outbox.trouble().ifPresent(why -> reply.line("relay: " + why));
        List<QueuedMail> all = outbox.list();
        for (QueuedMail mail : all) {
            String when = mail.held() ? "held" : mail.sending() ? "being sent" : "next " + mail.next();
            String more = mail.recipients() > 1 ? " and " + (mail.recipients() - 1) + " more" : "";
            reply.line(mail.id() + "  " + mail.created() + "  " + mail.size() + " bytes  " + mail.sender() + " -> "
                    + mail.firstRecipient() + more + "  attempts " + mail.attempts() + "  " + when);
        }
        reply.line(all.isEmpty() ? "nothing waits" : "messages: " + all.size());
    }

    private void show(List<String> arguments, ControlReply reply) {
        String id = id(arguments);
        try {
            outbox.show(id).orElseThrow(() -> unknown(id)).forEach(reply::line);
        } catch (IOException failed) {
            throw new ControlFailure(ExitCode.IO_ERROR.number(), IoText.of(failed));
        }
    }

    private void flush(ControlReply reply) {
        reply.line("messages that are tried now: " + outbox.flush());
    }

    private void drop(List<String> arguments, ControlReply reply) {
        String id = id(arguments);
        try {
            if (!outbox.drop(id)) {
                throw unknown(id);
            }
            reply.line("dropped: " + id);
        } catch (IOException failed) {
            throw new ControlFailure(ExitCode.IO_ERROR.number(), IoText.of(failed));
        }
    }

    private void hold(List<String> arguments, ControlReply reply, boolean on) {
        String id = id(arguments);
        try {
            if (!outbox.hold(id, on)) {
                throw unknown(id);
            }
            reply.line((on ? "held: " : "released: ") + id);
        } catch (IOException failed) {
            throw new ControlFailure(ExitCode.IO_ERROR.number(), IoText.of(failed));
        }
    }

    private static String id(List<String> arguments) {
        if (arguments.size() != 1) {
            throw new ControlFailure(ExitCode.USAGE.number(), "one message must be named, see palomar queue list");
        }
        return arguments.getFirst();
    }

    private static ControlFailure unknown(String id) {
        return new ControlFailure(ExitCode.NO_INPUT.number(), "no message " + id + " waits");
    }
}
