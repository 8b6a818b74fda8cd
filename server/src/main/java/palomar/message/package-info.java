/// RFC 5322 and MIME: parsing, structure, decoding; pure, tolerant, never quadratic.
///
/// A message is read once, while it arrives ([palomar.message.MessageParser]), and what anybody asks later is
/// kept in a stored digest ([palomar.message.StoredDigest]) in the form in which IMAP wants it. What the
/// digest does not have is read from the message by offset ([palomar.message.Sections]) or searched in it
/// ([palomar.message.TextSearch]).
///
/// Invariants:
/// - no input makes a parser throw, and every offset a digest gives lies inside the message;
/// - work is linear in the input and memory is bounded, whatever the input; the limits stand in
///   [palomar.message.MessageParser];
/// - a digest depends only on the bytes, not on how they were cut when they arrived;
/// - header values are handled as Strings of one char a byte (Latin-1) until somebody decodes them, so that
///   nothing is lost on the way to the wire.
///
/// Threads: everything here belongs to one thread at a time unless it says that it is immutable.
@NullMarked
package palomar.message;

import org.jspecify.annotations.NullMarked;
