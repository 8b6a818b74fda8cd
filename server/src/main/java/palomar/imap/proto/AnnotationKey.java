package palomar.imap.proto;

/// One value that a message may have. RFC 5257 3.2
///
/// @param entry as `/comment`, `/1.2/comment`
/// @param shared `value.shared`, or else `value.priv`
public record AnnotationKey(String entry, boolean shared) {}
