/// Who may enter (passdb) and where his mail is (userdb), as chains of databases. Knows nothing of storage.
///
/// Sessions see [palomar.auth.Authenticator] only, AUTHENTICATE goes through [palomar.auth.SaslLogin]. A
/// driver is a package below that implements [palomar.auth.PassDb] or [palomar.auth.UserDb]: it looks up and
/// hands out what is stored; comparing, caching, delays and the rules between databases are here, once.
///
/// Invariants: an unknown user and a wrong password look and last the same; a database that is away is
/// [palomar.auth.AuthResult.Unavailable], never a wrong password; no password is kept in clear or logged.
/// Everything public is safe for many threads and blocks on its caller's thread, a virtual one.
@NullMarked
package palomar.auth;

import org.jspecify.annotations.NullMarked;
