/// How a script is written: from bytes to a tree of calls, with everything that is wrong in it. RFC 5228 8
///
/// Nothing here knows a command: what names mean is the business of [palomar.sieve.Language].
@NullMarked
package palomar.sieve.syntax;

import org.jspecify.annotations.NullMarked;
