/// `:copy`: file or redirect and still keep. RFC 3894
@NullMarked
package palomar.sieve.ext.copy;

import org.jspecify.annotations.NullMarked;
