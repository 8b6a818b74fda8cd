/// The `fileinto` action. RFC 5228 4.1
@NullMarked
package palomar.sieve.ext.fileinto;

import org.jspecify.annotations.NullMarked;
