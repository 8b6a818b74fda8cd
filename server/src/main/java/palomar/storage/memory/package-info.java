/// The reference store: everything in memory, nothing durable, as simple as the contract allows.
///
/// Tests compare other stores with it, so it favours plainness over speed: one lock for the whole store, one
/// object a message. Watchers are woken after the lock is released.
@NullMarked
package palomar.storage.memory;

import org.jspecify.annotations.NullMarked;
