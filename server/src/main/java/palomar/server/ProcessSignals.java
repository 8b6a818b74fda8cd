package palomar.server;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/// Signals that the operating system sends to the process.
///
/// By reflection on `sun.misc.Signal` (module jdk.unsupported): the compiler warns of the class itself, and that
/// warning can't be switched off. There is no other way in the JDK to hear of SIGHUP.
public final class ProcessSignals {
    private ProcessSignals() {}

    /// Runs `action` on a thread of its own each time the signal comes, instead of what the JVM would do.
    ///
    /// @param name without SIG: `HUP`
    public static void on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler run = (proxy, method, arguments) -> switch (method.getName()) {
                case "handle" -> {
                    action.run();
                    yield null;
                }
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                default -> "palomar " + name;
            };
            Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, run);
            Object which = signal.getConstructor(String.class).newInstance(name);
            signal.getMethod("handle", signal, handler).invoke(null, which, proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java has no sun.misc.Signal", e);
        }
    }
}
