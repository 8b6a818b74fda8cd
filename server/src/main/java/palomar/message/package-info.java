/// RFC 5322 and MIME: parsing, structure, decoding; pure, tolerant, never quadratic.
@NullMarked
package palomar.message;

import org.jspecify.annotations.NullMarked;
