package palomar.imap.proto;

import java.io.IOException;

/// The arguments of SETACL, DELETEACL, GETACL, LISTRIGHTS and MYRIGHTS. RFC 4314 7
final class AclParser {
    private final Arguments args;

    AclParser(Arguments args) {
        this.args = args;
    }

    AclCommand.SetAcl set(Tag tag) throws IOException, SyntaxException {
        String mailbox = mailbox();
        String identifier = identifier();
        args.space("rights");
        String rights = args.astring("rights");
        args.end();
        return new AclCommand.SetAcl(tag, mailbox, identifier, rights);
    }

    AclCommand.DeleteAcl delete(Tag tag) throws IOException, SyntaxException {
        String mailbox = mailbox();
        String identifier = identifier();
        args.end();
        return new AclCommand.DeleteAcl(tag, mailbox, identifier);
    }

    AclCommand.GetAcl get(Tag tag) throws IOException, SyntaxException {
        String mailbox = mailbox();
        args.end();
        return new AclCommand.GetAcl(tag, mailbox);
    }

    AclCommand.ListRights listRights(Tag tag) throws IOException, SyntaxException {
        String mailbox = mailbox();
        String identifier = identifier();
        args.end();
        return new AclCommand.ListRights(tag, mailbox, identifier);
    }

    AclCommand.MyRights myRights(Tag tag) throws IOException, SyntaxException {
        String mailbox = mailbox();
        args.end();
        return new AclCommand.MyRights(tag, mailbox);
    }

    private String mailbox() throws IOException, SyntaxException {
        args.space("a mailbox name");
        return args.mailbox("a mailbox name");
    }

    private String identifier() throws IOException, SyntaxException {
        args.space("an identifier");
        return args.astring("an identifier");
    }
}
