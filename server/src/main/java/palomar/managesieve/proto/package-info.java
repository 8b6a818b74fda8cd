/// The words of ManageSieve: commands as they are read, responses as they are written. RFC 5804 4
///
/// The reader takes the grammar and nothing else: one space between arguments, CRLF at the end, strings quoted (at
/// most 1024 bytes) or as literals `{n+}`. What it refuses it skips with its literals, so that the content of a
/// literal is never taken for a command.
@NullMarked
package palomar.managesieve.proto;

import org.jspecify.annotations.NullMarked;
