/// Who may enter (passdb) and where his mail is (userdb), as chains of databases. Knows nothing of storage.
///
/// Invariants: an unknown user and a wrong password look and last the same; a database that is away is
/// [palomar.auth.AuthResult.Unavailable], never a wrong password; no password is kept in clear or logged.
@NullMarked
package palomar.auth;

import org.jspecify.annotations.NullMarked;
