/// The match type `:regex` and the modifier `:quoteregex`. draft-murchison-sieve-regex-07
@NullMarked
package palomar.sieve.ext.regex;

import org.jspecify.annotations.NullMarked;
