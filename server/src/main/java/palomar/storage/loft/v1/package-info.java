/// `loft`, our own mail store, format version 1: the mailbox engine on top of [palomar.storage.journal].
///
/// The log is the truth. A change is one [palomar.storage.loft.v1.LogRecord] or several in one journal group; when
/// the group is committed the records are applied, in log order, to the [palomar.storage.loft.v1.Catalog] (all
/// mailboxes, their counters and keyword tables, always in memory) and to the [palomar.storage.loft.v1.Rows] of
/// those mailboxes that someone has open. Replaying the log does the same, by the same code. Everything else on
/// disk (catalog image, index files) is a shortcut that can be deleted.
///
/// Life of a change: look at what is there, under the mailbox's flag order when flags matter; under the shard's
/// sequencer draw UIDs and mod-sequence and submit the group; wait for the commit with no lock that readers need;
/// the committing thread applies and wakes watchers. So several appends to one mailbox share one sync, and what a
/// record says are facts (these UIDs, these counters), not wishes, so that replay decides nothing.
///
/// Invariants:
/// - numbers given out are never given again; a group that fails leaves a hole;
/// - rows and counters change only in `apply`, under the monitor of their [palomar.storage.loft.v1.Box];
/// - one group's effect on one mailbox is seen as a whole;
/// - no object per message: rows are longs, UID views are ints.
///
/// Lock order: see [palomar.storage.loft.v1.Shard]. docs/storage/loft-v1.md has the bytes.
@NullMarked
package palomar.storage.loft.v1;

import org.jspecify.annotations.NullMarked;
