/// Submission: users hand in mail, which goes on to the relay while it arrives. RFC 6409
///
/// A [palomar.submission.SubmissionSession] is one connection on its own virtual thread, as in LMTP. What it takes
/// goes through a [palomar.submission.Passage] to the relay.
///
/// Invariants: nobody sends before he has logged in; nothing is queued, so that OK is said only when the relay
/// said it; an extension is announced only where the relay, or we ourselves, can keep it; a message that does not
/// come to its end never ends at the relay.
@NullMarked
package palomar.submission;

import org.jspecify.annotations.NullMarked;
