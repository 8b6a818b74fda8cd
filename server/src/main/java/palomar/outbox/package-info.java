/// Mail on its way out: a spool on disk and those who carry it to the relay.
///
/// Invariants: what [palomar.outbox.Outbox#enqueue] returned for is on disk, survives a power cut, and ends in one
/// of
/// three ways: the relay took it, its sender was told that it failed, or the operator dropped it. A message
/// enqueued
/// twice under one key goes out once. A damaged entry is moved aside and reported; it stops no other.
/// Format: docs/storage/outbox.md.
@NullMarked
package palomar.outbox;

import org.jspecify.annotations.NullMarked;
