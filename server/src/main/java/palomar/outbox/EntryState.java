package palomar.outbox;

import java.time.Instant;
import java.util.Collections;
import java.util.List;

/// What changes of a message in the spool.
///
/// @param next when it is to be tried again
/// @param held only when the operator lets it go
/// @param warned the sender was told that it is late
/// @param recipients in the order of the envelope
record EntryState(int attempts, Instant next, boolean held, boolean warned, List<RecipientState> recipients) {
    EntryState {
        recipients = List.copyOf(recipients);
    }

    static EntryState fresh(Entry entry) {
        int count = entry.envelope().recipients().size();
        return new EntryState(
                0,
                entry.notBefore().orElse(entry.created()),
                false,
                false,
                Collections.nCopies(count, RecipientState.FRESH));
    }

    boolean has(RecipientState.Step step) {
        return recipients.stream().anyMatch(recipient -> recipient.step() == step);
    }

    boolean ended() {
        return recipients.stream().allMatch(recipient -> recipient.step() == RecipientState.Step.ENDED);
    }

    EntryState at(Instant time) {
        return new EntryState(attempts, time, held, warned, recipients);
    }

    EntryState held(boolean on) {
        return new EntryState(attempts, next, on, warned, recipients);
    }

    EntryState withWarning() {
        return new EntryState(attempts, next, held, true, recipients);
    }

    EntryState with(List<RecipientState> changed) {
        return new EntryState(attempts, next, held, warned, changed);
    }
}
