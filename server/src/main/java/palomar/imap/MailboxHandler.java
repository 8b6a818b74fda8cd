package palomar.imap;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import palomar.imap.proto.Command;
import palomar.imap.proto.ListEntry;
import palomar.imap.proto.ResponseCode;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.storage.UserMail;

/// CREATE, DELETE, RENAME, SUBSCRIBE, UNSUBSCRIBE. RFC 9051 6.3.4 to 6.3.8
record MailboxHandler(UserMail mail, Dialogue dialogue) {

    /// With USE: RFC 6154 3.
    Reply create(Command.Create command) throws IOException {
        if (!command.unknownUses().isEmpty()) {
            return Reply.no(
                    ResponseCode.Plain.USEATTR,
                    "there is no use " + command.unknownUses().getFirst());
        }
        MailboxName name = Names.of(command.mailbox());
        UserMail.Entry made = mail.create(name, command.uses());
        tellNewName(command.mailbox(), made.name());
        return Reply.ok("CREATE done");
    }

    /// A name that was changed to its normal form is told to clients that know OLDNAME. RFC 9051 6.3.4
    private void tellNewName(String asked, MailboxName made) throws IOException {
        String plain = asked.endsWith("/") ? asked.substring(0, asked.length() - 1) : asked;
        if (dialogue.enabled().rev2() && !plain.equals(made.value())) {
            dialogue.out()
                    .list(new ListEntry(List.of(), MailboxName.SEPARATOR, made.value(), List.of(), Optional.of(asked)));
        }
    }

    boolean isSame(String name, SelectedMailbox box) {
        return mail.find(Names.of(name))
                .filter(entry -> entry.id().equals(box.mailbox().id()))
                .isPresent();
    }

    /// What lies below stays, and the name with it; a name without a mailbox can't be deleted. RFC 9051 6.3.5
    Reply delete(Command.Delete command) {
        MailboxName name = Names.of(command.mailbox());
        if (mail.find(name).isEmpty()
                && mail.mailboxes().stream().anyMatch(entry -> entry.name().isBelow(name))) {
            return Reply.no(ResponseCode.Plain.HASCHILDREN, "only mailboxes below that name exist");
        }
        mail.delete(name);
        return Reply.ok("DELETE done");
    }

    Reply rename(Command.Rename command) throws IOException {
        MailboxName to = Names.of(command.to());
        mail.rename(Names.of(command.from()), to);
        tellNewName(command.to(), to);
        return Reply.ok("RENAME done");
    }

    /// The name need not exist. RFC 9051 6.3.7
    Reply subscribe(Command.Subscribe command) {
        mail.subscribe(Names.of(command.mailbox()));
        return Reply.ok("SUBSCRIBE done");
    }

    Reply unsubscribe(Command.Unsubscribe command) {
        mail.unsubscribe(Names.of(command.mailbox()));
        return Reply.ok("UNSUBSCRIBE done");
    }

    /// A mailbox that must exist.
    static UserMail.Entry existing(UserMail mail, MailboxName name) {
        return mail.find(name)
                .orElseThrow(() -> new MailException(MailError.NOT_FOUND, "there is no mailbox of that name"));
    }
}
