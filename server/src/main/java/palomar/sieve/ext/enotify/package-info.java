/// Notifications. RFC 5435, RFC 5436
@NullMarked
package palomar.sieve.ext.enotify;

import org.jspecify.annotations.NullMarked;
