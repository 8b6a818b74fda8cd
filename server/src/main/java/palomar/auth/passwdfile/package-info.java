/// Dovecot's passwd-file as passdb and userdb, and the editing of such a file.
///
/// Invariants: the file is never changed in place, so that a reader sees an old or a new version and nothing
/// between; a version that can't be read leaves the last good one in force; lines that are not understood
/// stay as they are.
@NullMarked
package palomar.auth.passwdfile;

import org.jspecify.annotations.NullMarked;
