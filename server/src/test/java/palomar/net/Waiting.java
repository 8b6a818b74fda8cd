package palomar.net;

import java.util.function.BooleanSupplier;

/// Waits for another thread's doing, without a clock: only a broken test reaches the end.
final class Waiting {
    private Waiting() {}

    static void until(BooleanSupplier condition) {
        for (int i = 0; i < 50_000_000; i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            Thread.yield();
        }
        throw new AssertionError("waited in vain");
    }
}
