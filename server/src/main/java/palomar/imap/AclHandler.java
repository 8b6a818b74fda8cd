package palomar.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import palomar.acl.AccessList;
import palomar.acl.Acl;
import palomar.acl.Identifier;
import palomar.acl.Right;
import palomar.acl.Rights;
import palomar.acl.RightsChange;
import palomar.imap.proto.AclCommand;
import palomar.imap.proto.AclWriter;
import palomar.mail.MailException;
import palomar.sasl.UserName;
import palomar.storage.UserMail;

/// SETACL, DELETEACL, GETACL, LISTRIGHTS, MYRIGHTS. RFC 4314 3
record AclHandler(ImapService service, UserMail mail, Dialogue dialogue) {

    Reply run(AclCommand command) throws IOException {
        return switch (command) {
            case AclCommand.SetAcl set -> set(set);
            case AclCommand.DeleteAcl delete -> delete(delete);
            case AclCommand.GetAcl get -> get(get);
            case AclCommand.ListRights list -> listRights(list);
            case AclCommand.MyRights my -> myRights(my);
        };
    }

    private MailboxRights rights() {
        return MailboxRights.of(mail);
    }

    private UserMail.Entry administered(AclCommand command) {
        return rights().require(Names.of(command.mailbox()), Right.ADMINISTER);
    }

    private Reply set(AclCommand.SetAcl command) {
        Identifier identifier = identifier(command.identifier());
        RightsChange change = switch (RightsChange.parse(command.rights())) {
            case RightsChange.Valid(RightsChange valid) -> valid;
            case RightsChange.Invalid(String why) -> throw new BadArgument(why);
        };
        UserMail.Entry entry = administered(command);
        Acl acl = mail.acl(entry.id());
        new Progress(dialogue, command.tag()).during(() -> acl.change(identifier, change));
        tellOperator(entry, identifier, command.rights());
        return Reply.ok("SETACL done");
    }

    private Reply delete(AclCommand.DeleteAcl command) {
        Identifier identifier = identifier(command.identifier());
        UserMail.Entry entry = administered(command);
        Acl acl = mail.acl(entry.id());
        new Progress(dialogue, command.tag()).during(() -> acl.remove(identifier));
        tellOperator(entry, identifier, "none");
        return Reply.ok("DELETEACL done");
    }

    private void tellOperator(UserMail.Entry entry, Identifier identifier, String rights) {
        dialogue.events()
                .info(
                        "imap.acl",
                        "rights were changed",
                        "mailbox",
                        entry.name(),
                        "identifier",
                        identifier.text(),
                        "rights",
                        rights);
    }

    /// What a client calls somebody, in the spelling that his login has. RFC 4314 3
    ///
    /// @throws BadArgument when it can be nobody's
    private Identifier identifier(String given) {
        String prepared = UserName.prepared(given)
                .orElseThrow(
                        () -> new BadArgument("identifiers are 1 to 512 octets of UTF-8 without control characters"));
        Identifier identifier = Identifier.parse(prepared);
        if (identifier.kind() != Identifier.Kind.USER) {
            return identifier;
        }
        Optional<String> spelling = service.door().spelling(identifier.name());
        // Read again: in another spelling it may be one of the words.
        return spelling.map(user -> Identifier.parse(identifier.withUser(user).text()))
                .orElse(identifier);
    }

    private Reply get(AclCommand.GetAcl command) throws IOException {
        UserMail.Entry entry = administered(command);
        AccessList list = mail.acl(entry.id()).list();
        List<AclWriter.Entry> entries = new ArrayList<>();
        list.shown()
                .forEach((identifier, rights) ->
                        entries.add(new AclWriter.Entry(identifier.shown(list.owner()), rights.lettersWithOld())));
        new AclWriter(dialogue.out()).acl(entry.name().value(), entries);
        return Reply.ok("GETACL done");
    }

    /// No rights are tied to one another: each may be granted without the others.
    private Reply listRights(AclCommand.ListRights command) throws IOException {
        Identifier identifier = identifier(command.identifier());
        UserMail.Entry entry = administered(command);
        AccessList list = mail.acl(entry.id()).list();
        Rights always = list.always(identifier.inListOf(list.owner()));
        List<String> others = new ArrayList<>();
        for (char letter : Rights.ALL.minus(always).lettersWithOld().toCharArray()) {
            others.add(String.valueOf(letter));
        }
        new AclWriter(dialogue.out()).listRights(entry.name().value(), command.identifier(), always.letters(), others);
        return Reply.ok("LISTRIGHTS done");
    }

    private Reply myRights(AclCommand.MyRights command) throws IOException {
        tell(new AclWriter(dialogue.out()), rights(), rights().requireForMyRights(Names.of(command.mailbox())));
        return Reply.ok("MYRIGHTS done");
    }

    /// Also for RETURN (MYRIGHTS) of LIST. RFC 8440 3
    static void tell(AclWriter out, MailboxRights rights, UserMail.Entry entry) throws IOException {
        Rights granted;
        try {
            granted = rights.mail().acl(entry.id()).list().of(rights.who());
        } catch (MailException gone) {
            // Deleted since it was listed.
            return;
        }
        out.myRights(entry.name().value(), granted.lettersWithOld());
    }
}
