package palomar.sieve;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import palomar.sieve.match.MatchType;
import palomar.sieve.syntax.Call;
import palomar.sieve.syntax.Diagnostics;
import palomar.sieve.syntax.Parser;
import palomar.sieve.syntax.Position;
import palomar.sieve.syntax.TreeReader;

/// Sieve with certain extensions. Immutable and safe for many threads; make one and keep it. RFC 5228
public final class Language {
    private final Map<String, Declared> known;
    private final List<Declared> always;
    private final String fingerprint;

    private Language(Map<String, Declared> known, List<Declared> always) {
        this.known = known;
        this.always = always;
        this.fingerprint = String.join(" ", known.keySet());
    }

    /// @param always what scripts have without requiring it: the base language
    /// @param known what they may require
    public static Language of(List<Extension> always, Collection<Extension> known) {
        Map<String, Declared> declared = new TreeMap<>();
        known.forEach(extension -> declared.put(extension.name(), new Declared(extension)));
        return new Language(declared, always.stream().map(Declared::new).toList());
    }

    /// The same language with only those of its extensions that are named.
    public Language only(Set<String> names) {
        Map<String, Declared> left = new LinkedHashMap<>();
        known.forEach((name, declared) -> {
            if (names.contains(name)) {
                left.put(name, declared);
            }
        });
        return new Language(left, always);
    }

    /// What may be required, sorted.
    public List<String> capabilities() {
        return List.copyOf(known.keySet());
    }

    /// The same for languages that compile all scripts to the same programs.
    String fingerprint() {
        return fingerprint;
    }

    /// Compiles a script.
    ///
    /// @param source UTF-8, with or without a byte order mark, lines ending in CRLF or LF
    public Compilation compile(byte[] source, Limits limits) {
        Diagnostics diagnostics = new Diagnostics();
        if (source.length > limits.mostScriptBytes()) {
            diagnostics.error(
                    Position.NONE,
                    "the size of the script exceeds the limit: " + source.length + " > " + limits.mostScriptBytes()
                            + " bytes");
            return Compilation.failed(diagnostics, "parsing failed");
        }
        List<Call> tree = Parser.parse(source, limits.mostNesting(), diagnostics);
        if (diagnostics.errors() > 0) {
            return Compilation.failed(diagnostics, "parsing failed");
        }
        return compile(tree, limits, diagnostics);
    }

    /// Makes a program of [Program#bytes]; what the script may use is checked again, so that bytes from elsewhere
    /// can do no harm.
    public Compilation load(byte[] bytes, Limits limits) {
        Diagnostics diagnostics = new Diagnostics();
        Optional<List<Call>> tree = TreeReader.read(bytes);
        if (tree.isEmpty()) {
            diagnostics.error(Position.NONE, "invalid compiled script: it is damaged, or of another version");
            return Compilation.failed(diagnostics, "loading failed");
        }
        return compile(tree.get(), limits, diagnostics);
    }

    private Compilation compile(List<Call> tree, Limits limits, Diagnostics diagnostics) {
        Scope scope = new Scope(this, limits, diagnostics);
        Statement root = new BlockCompiler(scope).script(tree);
        if (diagnostics.errors() > 0) {
            return Compilation.failed(diagnostics, "validation failed");
        }
        return new Compilation(Optional.of(Program.of(tree, root, scope)), diagnostics.list(), "");
    }

    Optional<Declared> declared(String name) {
        return Optional.ofNullable(known.get(name));
    }

    List<Declared> always() {
        return always;
    }

    Optional<Spec> commandSpec(String name) {
        return everything()
                .filter(each -> each.commands.containsKey(name))
                .map(each -> each.commands.get(name).spec())
                .findFirst();
    }

    Optional<Spec> testSpec(String name) {
        return everything()
                .filter(each -> each.tests.containsKey(name))
                .map(each -> each.tests.get(name).spec())
                .findFirst();
    }

    Optional<Tag> tagOf(String callName, String name) {
        return everything()
                .flatMap(each -> each.tags(callName).stream())
                .filter(tag -> tag.name().equals(name))
                .findFirst();
    }

    <T> Optional<T> provided(Class<T> type, String name) {
        return everything()
                .flatMap(each -> Stream.ofNullable(each.find(type, name)))
                .findFirst();
    }

    private Stream<Declared> everything() {
        return Stream.concat(always.stream(), known.values().stream());
    }

    /// Extensions that are there, but not in use, and have such a command or test: for hints.
    List<String> offering(String callName) {
        List<String> names = new ArrayList<>();
        known.forEach((name, declared) -> {
            if (declared.commands.containsKey(callName) || declared.tests.containsKey(callName)) {
                names.add(name);
            }
        });
        return names;
    }

    /// The same for a tag.
    List<String> offeringTag(String callName, String tag) {
        List<String> names = new ArrayList<>();
        known.forEach((name, declared) -> {
            if (declared.tags(callName).stream().anyMatch(each -> each.name().equals(tag))
                    || declared.find(MatchType.class, tag) != null) {
                names.add(name);
            }
        });
        return names;
    }
}
