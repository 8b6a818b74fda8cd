package palomar.sieve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import palomar.sieve.syntax.Diagnostics;
import palomar.sieve.syntax.Position;

/// One script while it is compiled: what it requires, its variables, what is wrong with it. One thread.
public final class Scope {
    private final Language language;
    private final Limits limits;
    private final Diagnostics diagnostics;
    /// By their names, in the order in which they were required.
    private final Map<String, Declared> active = new LinkedHashMap<>();
    /// Those of them that only an `ihave` enabled: whether it was true is known at run time only.
    private final Set<String> guarded = new HashSet<>();
    /// Guarded extensions that the call which is being compiled makes use of.
    private Set<String> used = new TreeSet<>();

    private final Map<String, Variable> variables = new HashMap<>();
    private final Map<Class<?>, Object> states = new HashMap<>();
    private final Deque<Object> enclosing = new ArrayDeque<>();
    private int slots;

    Scope(Language language, Limits limits, Diagnostics diagnostics) {
        this.language = language;
        this.limits = limits;
        this.diagnostics = diagnostics;
        language.always().forEach(each -> active.put(each.extension, each));
    }

    public Language language() {
        return language;
    }

    public Limits limits() {
        return limits;
    }

    /// Whether the extension may be used here.
    public boolean requires(String extension) {
        return active.containsKey(extension);
    }

    /// Names of the extensions that may be used here.
    public Set<String> required() {
        Set<String> names = new TreeSet<>(active.keySet());
        language.always().forEach(each -> names.remove(each.extension));
        return names;
    }

    /// Enables an extension from here on; false, with nothing reported, when there is none of that name.
    public boolean require(Position at, String extension) {
        guarded.remove(extension);
        return enable(at, extension);
    }

    /// Enables extensions for what follows a true `ihave`; false when one of them is not there or may not be
    /// enabled so. RFC 5463 4
    public boolean requireGuarded(Position at, List<String> extensions) {
        for (String name : extensions) {
            Declared found = language.declared(name).orElse(null);
            if (found == null || !found.forIhave && !active.containsKey(name)) {
                return false;
            }
        }
        for (String name : extensions) {
            if (!active.containsKey(name)) {
                guarded.add(name);
                enable(at, name);
            }
        }
        return true;
    }

    private boolean enable(Position at, String extension) {
        if (active.containsKey(extension)) {
            return true;
        }
        Optional<Declared> found = language.declared(extension);
        found.ifPresent(declared -> {
            active.put(extension, declared);
            declared.whenRequired.forEach(hook -> hook.accept(this, at));
        });
        return found.isPresent();
    }

    /// What an extension in use here has provided under that name.
    public <T> Optional<T> find(Class<T> type, String name) {
        return search(declared -> declared.find(type, name));
    }

    /// Names of all that extensions in use here have provided, sorted.
    public <T> List<String> names(Class<T> type) {
        Set<String> names = new TreeSet<>();
        active.values().forEach(declared -> names.addAll(declared.names(type)));
        return List.copyOf(names);
    }

    Optional<Declared.Entry<Declarations.CommandCompiler>> command(String name) {
        return search(declared -> declared.commands.get(name));
    }

    Optional<Declared.Entry<Declarations.TestCompiler>> test(String name) {
        return search(declared -> declared.tests.get(name));
    }

    Optional<Tag> tag(String callName, String tag) {
        return search(declared -> declared.tags(callName).stream()
                .filter(each -> each.name().equals(tag))
                .findFirst()
                .orElse(null));
    }

    List<String> tags(String callName) {
        List<String> names = new ArrayList<>();
        active.values().forEach(declared -> declared.tags(callName).forEach(tag -> names.add(tag.name())));
        return names;
    }

    private <T> Optional<T> search(Function<Declared, @Nullable T> question) {
        for (Declared declared : active.values()) {
            T found = question.apply(declared);
            if (found != null) {
                if (guarded.contains(declared.extension)) {
                    used.add(declared.extension);
                }
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /// Starts to collect the guarded extensions of another call; returns those so far.
    Set<String> collectUsed() {
        Set<String> before = used;
        used = new TreeSet<>();
        return before;
    }

    /// Ends it; returns what was collected.
    Set<String> collected(Set<String> before) {
        Set<String> collected = used;
        used = before;
        return collected;
    }

    /// A variable of this script by its name, made when it is met first. RFC 5229 3
    public Variable variable(Position at, String name) {
        String key = name.toLowerCase(Locale.ROOT);
        Variable known = variables.get(key);
        if (known != null) {
            return known;
        }
        if (slots == limits.mostVariables()) {
            error(
                    at,
                    "invalid variable '" + name + "': the number of variables exceeds the limit of "
                            + limits.mostVariables());
        }
        Variable made = new Slot(slots++);
        variables.put(key, made);
        return made;
    }

    /// Whether the name was met already in this script.
    public boolean hasVariable(String name) {
        return variables.containsKey(name.toLowerCase(Locale.ROOT));
    }

    /// Makes a name mean something else from here on, as `global` does. RFC 6609 3.4.1
    public void define(String name, Variable meaning) {
        variables.put(name.toLowerCase(Locale.ROOT), meaning);
    }

    int slots() {
        return slots;
    }

    List<Declared> active() {
        return List.copyOf(active.values());
    }

    /// What an extension remembers while the script is compiled, under a type of its own.
    public <T> T state(Class<T> type, Supplier<T> first) {
        return type.cast(states.computeIfAbsent(type, missing -> first.get()));
    }

    /// The innermost marker of that type of the blocks around, see [Arguments#block(Object)].
    public <T> Optional<T> enclosing(Class<T> type) {
        return enclosing.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    void enter(Object marker) {
        enclosing.push(marker);
    }

    void leave() {
        enclosing.pop();
    }

    public void error(Position at, String text) {
        diagnostics.error(at, text);
    }

    public void warning(Position at, String text) {
        diagnostics.warning(at, text);
    }

    int errors() {
        return diagnostics.errors();
    }

    /// A variable in the frame of its script.
    private record Slot(int index) implements WritableVariable {
        @Override
        public String get(Run run) {
            return run.frame().get(index);
        }

        @Override
        public void set(Run run, String value) {
            run.hold(2L * run.frame().set(index, value));
        }
    }
}
