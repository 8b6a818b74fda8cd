package palomar.imap;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import palomar.acl.Right;
import palomar.imap.proto.Command;
import palomar.imap.proto.ListEntry;
import palomar.imap.proto.ResponseCode;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.mail.SpecialUse;
import palomar.storage.UserMail;

/// CREATE, DELETE, RENAME, SUBSCRIBE, UNSUBSCRIBE. RFC 9051 6.3.4 to 6.3.8
record MailboxHandler(UserMail mail, Dialogue dialogue) {

    private MailboxRights rights() {
        return MailboxRights.of(mail);
    }

    /// With USE: RFC 6154 3. The answer names the mailbox's identity: RFC 8474 4.1.
    Reply create(Command.Create command) throws IOException {
        if (!command.unknownUses().isEmpty()) {
            return Reply.no(
                    ResponseCode.Plain.USEATTR,
                    "there is no use " + command.unknownUses().getFirst());
        }
        Optional<SpecialUse> impossible = SpecialUses.impossible(command.uses());
        if (impossible.isPresent()) {
            String use = impossible.get().attribute();
            return Reply.no(ResponseCode.Plain.USEATTR, "no mailbox can be " + use + " here");
        }
        MailboxName name = Names.of(command.mailbox());
        rights().requireCreate(name);
        Set<SpecialUse> uses = command.uses().isEmpty() ? UsualNames.usesFor(name, mail.mailboxes()) : command.uses();
        UserMail.Entry made = new Progress(dialogue, command.tag()).during(() -> mail.create(name, uses));
        SpecialUses.takeFromOthers(mail, made, made.uses());
        tellNormalName(command.mailbox(), made.name(), made.name(), List.of());
        return Reply.ok(new ResponseCode.ObjectId(made.id().toString()), "CREATE done");
    }

    /// Clients that know OLDNAME are told when the name they gave is not in its normal form. RFC 9051 6.3.9.7
    ///
    /// @param asked the name as given
    /// @param meant its normal form
    /// @param now the name that the mailbox has now
    private void tellNormalName(String asked, MailboxName meant, MailboxName now, List<String> attributes)
            throws IOException {
        if (dialogue.enabled().rev2() && Names.differs(asked, meant)) {
            dialogue.out()
                    .list(new ListEntry(attributes, MailboxName.SEPARATOR, now.value(), List.of(), Optional.of(asked)));
        }
    }

    boolean isSame(String name, SelectedMailbox box) {
        return mail.find(Names.of(name))
                .filter(entry -> entry.id().equals(box.mailbox().id()))
                .isPresent();
    }

    /// What lies below stays, and the name with it; a name without a mailbox can't be deleted. RFC 9051 6.3.5
    Reply delete(Command.Delete command) throws IOException {
        MailboxName name = Names.of(command.mailbox());
        if (mail.find(name).isEmpty()
                && mail.mailboxes().stream().anyMatch(entry -> entry.name().isBelow(name))) {
            return Reply.no(ResponseCode.Plain.HASCHILDREN, "only mailboxes below that name exist");
        }
        rights().require(name, Right.DELETE);
        new Progress(dialogue, command.tag()).during(() -> mail.delete(name));
        tellNormalName(command.mailbox(), name, name, List.of("\\NonExistent"));
        return Reply.ok("DELETE done");
    }

    Reply rename(Command.Rename command) throws IOException {
        MailboxName from = Names.of(command.from());
        MailboxName to = Names.of(command.to());
        rights().requireRename(from, to);
        new Progress(dialogue, command.tag()).during(() -> mail.rename(from, to));
        if (from.isInbox()) {
            Annotations.copy(mail, from, to);
        }
        if (Names.differs(command.to(), to)) {
            tellNormalName(command.to(), to, to, List.of());
        } else {
            tellNormalName(command.from(), from, to, List.of());
        }
        return Reply.ok("RENAME done");
    }

    /// The name need not exist. RFC 9051 6.3.7
    Reply subscribe(Command.Subscribe command) {
        MailboxName name = Names.of(command.mailbox());
        new Progress(dialogue, command.tag()).during(() -> mail.subscribe(name));
        return Reply.ok("SUBSCRIBE done");
    }

    Reply unsubscribe(Command.Unsubscribe command) {
        MailboxName name = Names.of(command.mailbox());
        new Progress(dialogue, command.tag()).during(() -> mail.unsubscribe(name));
        return Reply.ok("UNSUBSCRIBE done");
    }

    /// A mailbox that must exist.
    static UserMail.Entry existing(UserMail mail, MailboxName name) {
        return mail.find(name).orElseThrow(MailboxHandler::missing);
    }

    /// It is not there, or that is how it must look.
    static MailException missing() {
        return new MailException(MailError.NOT_FOUND, "there is no mailbox of that name");
    }
}
