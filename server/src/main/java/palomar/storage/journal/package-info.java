/// The durable log of one shard: segments, frames, group commit and recovery. Knows no mail.
///
/// From the ground up: [palomar.storage.journal.SegmentStore] keeps bytes by their LSN (a byte position in the
/// shard's endless log) and blobs by name, in files or in memory, later in a replicated engine;
/// [palomar.storage.journal.FrameHeader] and the package's codec give the bytes a checked shape;
/// [palomar.storage.journal.Journal] appends groups of frames atomically, commits many of them with one sync, and
/// reads and recovers them. The bytes are described in docs/storage/loft-v1.md.
///
/// Invariants:
/// - LSN order is the order of [palomar.storage.journal.Journal#submit] calls; groups are applied in that order;
/// - a frame never crosses a segment, a group neither; a segment has one epoch, frames of another epoch are not
///   valid;
/// - nothing is acknowledged as durable before the store's sync returned; after a failed sync nothing more is
///   written by this opening;
/// - a byte of a payload is given out only after its checksum was verified.
///
/// Threads: one committer (a platform thread) writes; any number of threads submit and read. No file name, channel
/// or path is known above [palomar.storage.journal.SegmentStore].
@NullMarked
package palomar.storage.journal;

import org.jspecify.annotations.NullMarked;
