package palomar.sieve;

/// Counts what a run uses up. Steps are the same at each run of the same script and message; time is looked at now
/// and then, and the longest part of it that counts between two looks is short, so that waiting for a program or a
/// disk is not counted as work.
final class Meter {
    private static final int LOOK = 1 << 16;
    private static final long LONGEST_NANOS = 100_000_000;

    private final Limits limits;
    private long steps;
    private long nextLook = LOOK;
    private long worked;
    private long lastLook = System.nanoTime();
    private long held;

    Meter(Limits limits) {
        this.limits = limits;
    }

    /// False: it is too much.
    boolean spend(long more) {
        steps += more;
        if (steps >= nextLook) {
            nextLook = steps + LOOK;
            long now = System.nanoTime();
            worked += Math.min(now - lastLook, LONGEST_NANOS);
            lastLook = now;
        }
        return steps <= limits.mostSteps() && worked <= limits.processorTime().toNanos();
    }

    boolean hold(long more) {
        held += more;
        return held <= limits.mostMemory();
    }
}
