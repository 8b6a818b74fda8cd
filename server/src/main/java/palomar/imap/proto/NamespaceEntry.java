package palomar.imap.proto;

/// One namespace in a NAMESPACE response. RFC 9051 7.3.4
///
/// @param prefix in Unicode, with its trailing separator; empty for names without prefix
/// @param separator the hierarchy separator, 0 for NIL
public record NamespaceEntry(String prefix, char separator) {}
