package palomar.sieve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import palomar.sieve.match.Comparator;
import palomar.sieve.match.MatchType;
import palomar.sieve.syntax.Position;

/// What one extension declared. Not changed once the language is made.
final class Declared implements Declarations {
    /// A command or a test.
    record Entry<C>(Spec spec, C compiler) {}

    private record TagOf(String callName, Tag tag) {}

    final String extension;
    final Map<String, Entry<CommandCompiler>> commands = new HashMap<>();
    final Map<String, Entry<TestCompiler>> tests = new HashMap<>();
    final List<Effect> beforeAction = new ArrayList<>();
    final List<Consumer<Run>> atEnd = new ArrayList<>();
    final List<BiConsumer<Scope, Position>> whenRequired = new ArrayList<>();
    boolean forIhave = true;
    private final List<TagOf> tags = new ArrayList<>();
    private final Map<Class<?>, Map<String, Object>> provided = new HashMap<>();

    Declared(Extension extension) {
        this.extension = extension.name();
        extension.declare(this);
    }

    @Override
    public void command(Spec spec, CommandCompiler compiler) {
        commands.put(spec.name(), new Entry<>(spec, compiler));
    }

    @Override
    public void test(Spec spec, TestCompiler compiler) {
        tests.put(spec.name(), new Entry<>(spec, compiler));
    }

    @Override
    public void tag(String callName, Tag tag) {
        tags.add(new TagOf(callName, tag));
    }

    @Override
    public void matchType(MatchType type) {
        provide(MatchType.class, type.tag(), type);
    }

    @Override
    public void comparator(Comparator comparator) {
        provide(Comparator.class, comparator.wire(), comparator);
    }

    @Override
    public <T> void provide(Class<T> type, String name, T value) {
        provided.computeIfAbsent(type, missing -> new HashMap<>()).put(name, value);
    }

    @Override
    public void beforeAction(Effect effect) {
        beforeAction.add(effect);
    }

    @Override
    public void atEnd(Consumer<Run> hook) {
        atEnd.add(hook);
    }

    @Override
    public void whenRequired(BiConsumer<Scope, Position> hook) {
        whenRequired.add(hook);
    }

    @Override
    public void notForIhave() {
        forIhave = false;
    }

    /// Its tags for a command or test of somebody else.
    List<Tag> tags(String callName) {
        return tags.stream()
                .filter(each -> each.callName().equals(callName))
                .map(TagOf::tag)
                .toList();
    }

    <T> @Nullable T find(Class<T> type, String name) {
        Map<String, Object> named = provided.get(type);
        Object value = named == null ? null : named.get(name);
        return value == null ? null : type.cast(value);
    }

    <T> List<String> names(Class<T> type) {
        Map<String, Object> named = provided.get(type);
        return named == null ? List.of() : List.copyOf(named.keySet());
    }
}
