package palomar.fuzz;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// What Jazzer calls: passes each input on to the `fuzz(byte[])` of the class that the run names.
///
/// The two methods are found by their names. One thread.
public final class FuzzEntry {
    private static MethodHandle target = MethodHandles.empty(MethodType.methodType(void.class, byte[].class));

    private FuzzEntry() {}

    /// @param args the target's class
    public static void fuzzerInitialize(String[] args) throws ReflectiveOperationException {
        target = target(Class.forName(args[0]));
    }

    public static void fuzzerTestOneInput(byte[] input) throws Throwable {
        target.invokeExact(input);
    }

    static MethodHandle target(Class<?> type) throws ReflectiveOperationException {
        return MethodHandles.publicLookup().findStatic(type, "fuzz", MethodType.methodType(void.class, byte[].class));
    }
}
