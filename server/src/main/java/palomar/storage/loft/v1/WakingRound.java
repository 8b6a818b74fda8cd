package palomar.storage.loft.v1;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import palomar.event.Event;

/// Runs something on a virtual thread of its own, again as long as it is wanted, never twice at the same time.
/// However often it is wanted while it runs, it runs once more. Safe for many threads; wanting it allocates
/// nothing while it runs.
final class WakingRound {
    private enum State {
        IDLE,
        RUNNING,
        /// Wanted again since this run began.
        AGAIN
    }

    private final Consumer<Event> work;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

    WakingRound(Consumer<Event> work) {
        this.work = work;
    }

    /// The work will begin after this moment.
    void want(Event event) {
        if (state.getAndUpdate(now -> now == State.IDLE ? State.RUNNING : State.AGAIN) == State.IDLE) {
            Thread.startVirtualThread(() -> run(event));
        }
    }

    private void run(Event event) {
        do {
            state.set(State.RUNNING);
            work.accept(event);
        } while (!state.compareAndSet(State.RUNNING, State.IDLE));
    }
}
