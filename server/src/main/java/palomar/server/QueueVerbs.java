package palomar.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import palomar.admin.ControlFailure;
import palomar.admin.ControlReply;
import palomar.admin.ControlVerb;
import palomar.bytes.ByteSource;
import palomar.mail.MailException;
import palomar.outbox.OutgoingMessage;
import palomar.outbox.QueuedMail;
import palomar.outbox.SpooledOutbox;
import palomar.smtp.client.Envelope;
import palomar.smtp.proto.SmtpPath;

/// What an operator can ask of outgoing mail: `palomar queue`.
record QueueVerbs(SpooledOutbox outbox) {
    private static final int MOST_ADDED = 16 << 20;

    Map<String, ControlVerb> all() {
        return Map.of(
                "queue-list", (arguments, reply) -> list(reply),
                "queue-show", this::show,
                "queue-flush", (arguments, reply) -> flush(reply),
                "queue-drop", this::drop,
                "queue-hold", (arguments, reply) -> hold(arguments, reply, true),
                "queue-release", (arguments, reply) -> hold(arguments, reply, false));
    }

    /// `key`, `from`, `to`...: queues a message that an operator brings.
    void add(List<String> words, InputStream content) throws IOException {
        if (words.size() < 3) {
            throw new ControlFailure(ExitCode.USAGE.number(), "a message needs a sender and a recipient");
        }
        SmtpPath sender = words.get(1).isEmpty() ? SmtpPath.NULL : address(words.get(1));
        SmtpPath[] to =
                words.subList(2, words.size()).stream().map(QueueVerbs::address).toArray(SmtpPath[]::new);
        byte[] text = content.readNBytes(MOST_ADDED + 1);
        if (text.length == 0 || text.length > MOST_ADDED) {
            throw new ControlFailure(ExitCode.DATA.number(), "a message has from 1 byte to 16 MiB here");
        }
        try {
            outbox.enqueue(OutgoingMessage.of(words.getFirst(), Envelope.of(sender, to), ByteSource.of(text)));
        } catch (MailException refused) {
            throw new ControlFailure(ExitCode.of(refused.kind()).number(), refused.getMessage());
        }
    }

    private static SmtpPath address(String text) {
        return SmtpPath.parse(text)
                .filter(path -> !path.isNull())
                .orElseThrow(() -> new ControlFailure(ExitCode.USAGE.number(), "no mail address: " + text));
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
