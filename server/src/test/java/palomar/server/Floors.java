package palomar.server;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.ConstantPool;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The floors of the house: which package may know which, read from compiled classes.
///
/// The longest prefix counts, so that `palomar.imap.proto` is a floor of its own. Besides going down, a package
/// may use its own parent and children, and on its floor what its line names.
final class Floors {
    /// @param beside packages of the same floor that it may use
    private record Place(int floor, List<String> beside) {
        static Place on(int floor, String... beside) {
            return new Place(floor, List.of(beside));
        }
    }

    private static final Map<String, Place> PLACES = Map.ofEntries(
            Map.entry("palomar.bytes", Place.on(0)),
            Map.entry("palomar.os", Place.on(0, "palomar.bytes")),
            Map.entry("palomar.event", Place.on(0)),
            Map.entry("palomar.config", Place.on(0)),
            Map.entry("palomar.net", Place.on(0, "palomar.bytes", "palomar.event", "palomar.config", "palomar.os")),
            Map.entry("palomar.mail", Place.on(1)),
            Map.entry("palomar.acl", Place.on(1)),
            Map.entry("palomar.message", Place.on(1, "palomar.mail")),
            Map.entry("palomar.convert", Place.on(1, "palomar.mail", "palomar.message")),
            Map.entry("palomar.imap.proto", Place.on(1, "palomar.mail", "palomar.message")),
            Map.entry("palomar.smtp.proto", Place.on(1, "palomar.mail")),
            Map.entry("palomar.pop3.proto", Place.on(1, "palomar.sasl")),
            Map.entry("palomar.sieve", Place.on(1, "palomar.mail", "palomar.message", "palomar.convert")),
            Map.entry("palomar.managesieve.proto", Place.on(1, "palomar.mail")),
            Map.entry("palomar.sasl", Place.on(1, "palomar.password")),
            Map.entry("palomar.password", Place.on(1)),
            Map.entry("palomar.storage", Place.on(2)),
            Map.entry("palomar.scripts", Place.on(2, "palomar.storage")),
            Map.entry("palomar.auth", Place.on(2)),
            Map.entry("palomar.smtp.client", Place.on(2)),
            Map.entry("palomar.outbox", Place.on(2, "palomar.smtp.client")),
            Map.entry("palomar.webhook", Place.on(2, "palomar.smtp.client")),
            Map.entry("palomar.user", Place.on(3)),
            Map.entry("palomar.delivery", Place.on(3, "palomar.user")),
            Map.entry("palomar.imap", Place.on(4)),
            Map.entry("palomar.lmtp", Place.on(4)),
            Map.entry("palomar.managesieve", Place.on(4)),
            Map.entry("palomar.pop3", Place.on(4)),
            Map.entry("palomar.submission", Place.on(4)),
            Map.entry("palomar.admin", Place.on(4)),
            Map.entry("palomar.sievetest", Place.on(4)),
            Map.entry("palomar.server", Place.on(5)));

    private static final Pattern TYPE_IN_DESCRIPTOR = Pattern.compile("L(palomar/[\\w/$]+)[;<]");

    private Floors() {}

    /// What points the wrong way in the classes under `folder`, as `palomar.bytes -> palomar.mail`; a package
    /// without a floor is named too.
    static SortedSet<String> violations(Path folder) throws IOException {
        SortedSet<String> violations = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                ClassModel model = ClassFile.of().parse(file);
                String from = packageOf(model.thisClass().asInternalName());
                for (String type : typesIn(model.constantPool())) {
                    judge(from, packageOf(type)).ifPresent(violations::add);
                }
            }
        }
        return violations;
    }

    private static SortedSet<String> typesIn(ConstantPool pool) {
        SortedSet<String> types = new TreeSet<>();
        for (PoolEntry entry : pool) {
            if (entry instanceof ClassEntry type) {
                types.add(type.asInternalName());
            } else if (entry instanceof Utf8Entry text) { // descriptors and signatures name types too
                Matcher matcher = TYPE_IN_DESCRIPTOR.matcher(text.stringValue());
                while (matcher.find()) {
                    types.add(matcher.group(1));
                }
            }
        }
        return types;
    }

    static Optional<String> judge(String from, String to) {
        if (!to.startsWith("palomar") || from.equals(to)) {
            return Optional.empty();
        }
        Optional<String> mine = place(from);
        Optional<String> its = place(to);
        if (mine.isEmpty() || its.isEmpty()) {
            return Optional.of((mine.isEmpty() ? from : to) + " has no floor: give it one in palomar.server.Floors");
        }
        Place place = PLACES.get(mine.get());
        boolean family = mine.get().equals(its.get());
        boolean down = PLACES.get(its.get()).floor() < place.floor();
        boolean named = place.beside().contains(its.get());
        return family || down || named ? Optional.empty() : Optional.of(from + " -> " + to);
    }

    private static Optional<String> place(String name) {
        for (String prefix = name;
                !prefix.isEmpty();
                prefix = prefix.substring(0, Math.max(0, prefix.lastIndexOf('.')))) {
            if (PLACES.containsKey(prefix)) {
                return Optional.of(prefix);
            }
        }
        return Optional.empty();
    }

    private static String packageOf(String internalName) {
        String type =
                internalName.startsWith("[") ? internalName.substring(internalName.indexOf('L') + 1) : internalName;
        int slash = type.lastIndexOf('/');
        return slash < 0 ? "" : type.substring(0, slash).replace('/', '.');
    }
}
