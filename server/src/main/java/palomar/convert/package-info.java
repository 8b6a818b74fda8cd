/// Conversions of body parts for clients that can't show the original: charsets, HTML as plain text, smaller
/// images. RFC 5259
///
/// Pure: bytes in, bytes out; nothing is stored. Content is hostile until shown otherwise: each conversion has its
/// limits ([palomar.convert.ConversionLimits]), reads what it can of the size before it does the work, and what
/// can't be converted is refused with the parameters that are to blame ([palomar.convert.Unconvertible]).
///
/// The image library of the JDK is loaded by the first image that is converted, not before.
///
/// Threads: a conversion may run in many threads at once. One may take a second of a processor and a hundred MiB
/// of memory: who calls decides how many run at once.
@NullMarked
package palomar.convert;

import org.jspecify.annotations.NullMarked;
