/// Results of searches in an order: SORT and THREAD. RFC 5256, RFC 5957
///
/// What is compared is read once a message into columns: arrays of numbers and packed text, without an object a
/// message. A [palomar.imap.order.Column] is immutable; columns of large mailboxes are kept for a while in one
/// [palomar.imap.order.ColumnCache] and go on from where they were when messages have come. Texts take part in
/// sorting by their rank among all texts of the column, so that every criterion is a number and all sorting is
/// radix sorting.
@NullMarked
package palomar.imap.order;

import org.jspecify.annotations.NullMarked;
