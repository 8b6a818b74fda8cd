/// Notifications as old scripts have them: draft-martin-sieve-notify-01.
@NullMarked
package palomar.sieve.ext.notify;

import org.jspecify.annotations.NullMarked;
