package palomar.imap;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import palomar.imap.proto.AppendMessages;
import palomar.imap.proto.Command;
import palomar.imap.proto.ResponseCode;
import palomar.storage.Mailbox;
import palomar.storage.Staging;
import palomar.storage.UserMail;

/// APPEND of one message or of many, all or none. RFC 9051 6.3.12, RFC 3502
///
/// Messages stream into the store's staging while they arrive; the mailbox is looked up before the first byte is
/// asked for, so that a refusal costs nothing.
record AppendHandler(ImapService service, UserMail mail, MessageLimits limits) {
    private static final byte[] NO_HEAD = {};

    /// Messages in one command: they are kept until the last one is here.
    private static final int MOST_MESSAGES = 10_000;

    /// Bytes of all messages after the first in one command.
    private static final long MOST_BYTES = 256L << 20;

    Reply run(Command.Append command) throws IOException {
        List<Staging> staged = new ArrayList<>();
        try (Mailbox target = TargetMailbox.open(mail, command.mailbox())) {
            List<Mailbox.NewMessage> messages = new ArrayList<>();
            Instant now = service.clock().instant();
            long total = 0;
            while (true) {
                switch (command.messages().next()) {
                    case AppendMessages.Message message -> {
                        if (message.body().size() == 0) {
                            return Reply.no("an empty message is no message");
                        }
                        Portion.refuse(messages.size() + 1L, limits.saving());
                        if (messages.size() == MOST_MESSAGES || !messages.isEmpty() && total > MOST_BYTES) {
                            return Reply.no(ResponseCode.Plain.LIMIT, "too much for one APPEND");
                        }
                        Staging staging = service.storage().stage();
                        staged.add(staging);
                        message.body().transferTo(staging);
                        total += message.body().size();
                        messages.add(new Mailbox.NewMessage(
                                staging.finish(),
                                NO_HEAD,
                                message.flags(),
                                message.date().orElse(now)));
                    }
                    case AppendMessages.End() -> {
                        return stored(target.append(messages));
                    }
                    case AppendMessages.Malformed(String why) -> {
                        return Reply.bad(why);
                    }
                    case AppendMessages.TooBig(long size, long limit) -> {
                        return Reply.no(ResponseCode.Plain.TOOBIG, tooBig(size, limit));
                    }
                    case AppendMessages.TooBigUnasked(long size, long limit) -> {
                        return Reply.bad(ResponseCode.Plain.TOOBIG, tooBig(size, limit));
                    }
                }
            }
        } finally {
            staged.forEach(Staging::close);
        }
    }

    private static String tooBig(long size, long limit) {
        return "message of " + size + " bytes, the limit is " + limit;
    }

    private static Reply stored(Mailbox.Appended appended) {
        return Reply.ok(new ResponseCode.AppendUid(appended.uidValidity(), appended.uids()), "APPEND done");
    }
}
