/// The action and test `convert`. RFC 6558
@NullMarked
package palomar.sieve.ext.convert;

import org.jspecify.annotations.NullMarked;
