/// What every script has without requiring it. RFC 5228
@NullMarked
package palomar.sieve.ext.base;

import org.jspecify.annotations.NullMarked;
