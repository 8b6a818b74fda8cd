/// `:mime` and `:anychild` of tests on header fields. RFC 5703 4
@NullMarked
package palomar.sieve.ext.mime;

import org.jspecify.annotations.NullMarked;
