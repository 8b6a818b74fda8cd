/// The field's nouns as values: flags, UID sets, mailbox names, errors. No I/O, no protocol grammar.
///
/// Sets of numbers have types of their own ([palomar.mail.UidSet] here, sequence sets in `palomar.imap.proto`), so
/// that one can't be handed where the other is meant. A single UID (1 to 2^32-1) or mod-sequence (0 to 2^63-1) is
/// a plain
/// `long` called `uid` or `modSeq`: rows are read by the hundred thousand and must not cost an object each
/// (docs/decisions/0002-numbers-in-rows.md).
@NullMarked
package palomar.mail;

import org.jspecify.annotations.NullMarked;
