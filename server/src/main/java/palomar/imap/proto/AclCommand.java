package palomar.imap.proto;

/// Commands about who may do what with a mailbox. RFC 4314 3
///
/// Identifiers and rights are texts as the client gave them: what they mean is judged later.
public sealed interface AclCommand extends Command.InAuthenticated {
    String mailbox();

    /// RFC 4314 3.1
    ///
    /// @param rights behind an optional `+` or `-`
    record SetAcl(Tag tag, String mailbox, String identifier, String rights) implements AclCommand {}

    /// RFC 4314 3.2
    record DeleteAcl(Tag tag, String mailbox, String identifier) implements AclCommand {}

    /// RFC 4314 3.3
    record GetAcl(Tag tag, String mailbox) implements AclCommand {}

    /// RFC 4314 3.4
    record ListRights(Tag tag, String mailbox, String identifier) implements AclCommand {}

    /// RFC 4314 3.5
    record MyRights(Tag tag, String mailbox) implements AclCommand {}
}
