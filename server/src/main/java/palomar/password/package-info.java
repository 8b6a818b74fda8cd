/// Password schemes: what stands in a database (`{SCHEME}data`) against what a client sent.
///
/// Invariants: comparisons take the same time wherever the difference is; work that a stored hash may ask for
/// is bounded; costly schemes run on as many platform threads as there are cores, so that a storm of logins
/// slows logins only; nothing here prints, logs or keeps a password. [palomar.password.Passwords] is the
/// entry and is safe for many threads.
@NullMarked
package palomar.password;

import org.jspecify.annotations.NullMarked;
