package palomar.imap.proto;

/// CONVERSIONS. RFC 5259 5.1
///
/// @param from `*`, `type/*` or a media type, in lower case
/// @param to likewise
public record ConversionsCommand(Tag tag, String from, String to) implements Command.InAuthenticated {}
