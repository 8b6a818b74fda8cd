/// What the operating system does for us: files that can be made durable, and what the JDK does not offer, called
/// through the foreign function interface.
///
/// Native calls: method handles are `static final`; a symbol that is missing on this system is an answer
/// (`available()`), not an error at class loading; calls that may take long say so, and their callers run them on
/// platform threads of their own, because a native call holds the carrier of a virtual thread.
///
/// Files: [palomar.os.Disk] is the one way by which the store touches files, so that tests can put a hostile disk
/// below it that fails any call and forgets what was not synced. It promises what POSIX promises and no more: a
/// write is durable after [palomar.os.DiskFile#force(boolean)], a new, renamed or deleted name after
/// [palomar.os.Disk#syncDirectory(java.nio.file.Path)].
@NullMarked
package palomar.os;

import org.jspecify.annotations.NullMarked;
