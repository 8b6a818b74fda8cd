/// Who may do what with a mailbox: rights, identifiers, lists, and how a user's rights follow from them. RFC 4314
/// 2
///
/// Pure: nothing here knows a store, a session or a protocol. Stores keep lists ([palomar.acl.Acl]), protocols ask
/// for rights.
@NullMarked
package palomar.acl;

import org.jspecify.annotations.NullMarked;
