package palomar.convert;

import palomar.bytes.ByteSource;

/// What is to be converted.
///
/// @param charset as the part names it, empty when it does not
/// @param content without its transfer encoding
public record PartContent(MediaType type, String charset, ByteSource content) {}
