/// The actions `addheader` and `deleteheader`. RFC 5293
@NullMarked
package palomar.sieve.ext.editheader;

import org.jspecify.annotations.NullMarked;
