/// Bytes and nothing else: content of any size, growable buffers, number printing. No mail, no files, no sockets.
@NullMarked
package palomar.bytes;

import org.jspecify.annotations.NullMarked;
