/// Messages that are looked at and changed by scripts: an overlay over bytes that stay where they are. RFC 5293,
/// RFC 5703
///
/// An [palomar.message.edit.EditedMessage] is one message in the hands of one script. What it is made of
/// ([palomar.message.edit.Header], [palomar.message.edit.Field], [palomar.message.edit.Part]) never changes, so
/// that a version taken before an edit stays what it was and costs nothing. What nobody edited is referred to by
/// its range and comes out byte for byte. Outgoing messages are put together by
/// [palomar.message.edit.MessageComposer].
///
/// Invariants:
/// - no input makes anything here throw, except that reading the message's bytes may fail;
/// - no clock and no chance: dates, ids and boundaries come from the caller;
/// - what is written anew has lines ending in CRLF, of 78 characters where that can be.
///
/// Threads: a message, its versions and its parts belong to one thread at a time; caches are filled without locks.
@NullMarked
package palomar.message.edit;

import org.jspecify.annotations.NullMarked;
