/// Lists that are kept elsewhere. RFC 6134
@NullMarked
package palomar.sieve.ext.extlists;

import org.jspecify.annotations.NullMarked;
