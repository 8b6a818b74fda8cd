package palomar.sieve;

import org.jspecify.annotations.Nullable;

/// Where a script goes on after a statement. Whoever runs statements hands on at once what is not [#NEXT]; whoever
/// is the [#target] goes on behind itself. Immutable.
public final class Flow {
    /// With the next statement.
    public static final Flow NEXT = new Flow(null);
    /// Nowhere: the run is over. RFC 5228 3.3
    public static final Flow STOP = new Flow(null);
    /// Behind the `include` that runs this script. RFC 6609 3.3
    public static final Flow RETURN = new Flow(null);

    private final @Nullable Object target;

    private Flow(@Nullable Object target) {
        this.target = target;
    }

    /// Behind a statement around this one (a loop, a test block), which knows itself by this object. Make it once,
    /// when the script is compiled.
    public static Flow leave(Object target) {
        return new Flow(target);
    }

    public boolean leaves(Object block) {
        return target == block;
    }

    public boolean isNext() {
        return this == NEXT;
    }
}
