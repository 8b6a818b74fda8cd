/// The tests `date` and `currentdate`. RFC 5260
@NullMarked
package palomar.sieve.ext.date;

import org.jspecify.annotations.NullMarked;
