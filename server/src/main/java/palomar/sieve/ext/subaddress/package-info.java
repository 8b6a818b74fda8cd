/// `:user` and `:detail` of an address. RFC 5233
@NullMarked
package palomar.sieve.ext.subaddress;

import org.jspecify.annotations.NullMarked;
