package palomar.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import palomar.storage.Mailbox;
import palomar.storage.MessageCursor;
import palomar.storage.Storage;
import palomar.storage.UserMail;

/// A store in front of another one: counts what is asked of it, its users' mail, mailboxes and cursors, and fails
/// where a test wants it to. Safe for many threads.
public final class StorageSpy {
    private static final Set<Class<?>> SPIED =
            Set.of(Storage.class, UserMail.class, Mailbox.class, MessageCursor.class);

    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Map<String, RuntimeException> failures = new ConcurrentHashMap<>();
    private final Storage storage;

    public StorageSpy(Storage behind) {
        this.storage = (Storage) spied(Storage.class, behind);
    }

    public Storage storage() {
        return storage;
    }

    /// @param name as `Mailbox.expunge`
    public int calls(String name) {
        AtomicInteger count = calls.get(name);
        return count == null ? 0 : count.get();
    }

    /// From now on such a call throws and does nothing.
    public void fail(String name, RuntimeException how) {
        failures.put(name, how);
    }

    private Object spied(Class<?> type, Object behind) {
        return Proxy.newProxyInstance(
                StorageSpy.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> call(type, behind, method, arguments));
    }

    private @Nullable Object call(Class<?> type, Object behind, Method method, Object @Nullable [] arguments)
            throws Throwable {
        String name = type.getSimpleName() + "." + method.getName();
        calls.computeIfAbsent(name, key -> new AtomicInteger()).incrementAndGet();
        RuntimeException failure = failures.get(name);
        if (failure != null) {
            throw failure;
        }
        try {
            Object result = method.invoke(behind, arguments);
            Class<?> returned = method.getReturnType();
            return result != null && SPIED.contains(returned) ? spied(returned, result) : result;
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
