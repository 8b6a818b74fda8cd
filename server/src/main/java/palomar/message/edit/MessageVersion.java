package palomar.message.edit;

import palomar.bytes.ByteSource;

/// A message as it was at one moment, for actions that were executed then. Immutable; readable as long as the
/// message that was given to [EditedMessage#of]. RFC 5293 7
///
/// @param content the whole message
/// @param isOriginal nothing had been edited: the content is what came, byte for byte
public record MessageVersion(ByteSource content, boolean isOriginal) {}
