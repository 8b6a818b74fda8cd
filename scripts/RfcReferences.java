import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Verifies references like `RFC 9051 6.4.5` and `RFC 9051:4432` and writes docs/rfc-coverage.md.
///
/// Run by scripts/rfc.sh: the folder with the texts (`-`: none), then `--check` to write nothing.
final class RfcReferences {
    private static final Pattern REFERENCE = Pattern.compile("RFC (\\d{3,5})(?: (\\d+(?:\\.\\d+)*)(?![\\w:/-])|:(\\d+))?");
    private static final Pattern DUTY = Pattern.compile("\\b(MUST|SHOULD|REQUIRED|SHALL)\\b");
    private static final List<String> FOLDERS = List.of("server/src", "it/src", "docs");

    private final Path texts;
    private final Map<String, List<String>> lines = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<Integer, Coverage> coverage = new TreeMap<>();

    /// Where one RFC is named.
    private static final class Coverage {
        final Map<String, Set<String>> code = new TreeMap<>();
        final Map<String, Set<String>> tests = new TreeMap<>();
        int references;
    }

    private RfcReferences(Path texts) {
        this.texts = texts;
    }

    public static void main(String[] args) throws IOException {
        boolean without = args[0].equals("-");
        boolean check = Arrays.asList(args).contains("--check");
        RfcReferences run = new RfcReferences(Path.of(args[0]));
        int files = run.scan(without);
        run.notes.forEach(System.out::println);
        run.problems.forEach(System.err::println);
        int references = run.coverage.values().stream().mapToInt(c -> c.references).sum();
        System.out.println(references + " references to " + run.coverage.size() + " RFCs in " + files + " files"
                + (without ? "; no RFC texts found (PALOMAR_RFC_DIR): their existence is NOT checked" : ""));
        if (!check && !without) {
            Files.writeString(Path.of("docs/rfc-coverage.md"), run.page());
            System.out.println("wrote docs/rfc-coverage.md");
        }
        System.exit(run.problems.isEmpty() ? 0 : 1);
    }

    private int scan(boolean without) throws IOException {
        int count = 0;
        for (String folder : FOLDERS) {
            if (!Files.isDirectory(Path.of(folder))) {
                continue;
            }
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(RfcReferences::isText).sorted().toList()) {
                    scan(file, without);
                    count++;
                }
            }
        }
        return count;
    }

    private static boolean isText(Path file) {
        String name = file.getFileName().toString();
        boolean transcript = file.startsWith("server/src/test/transcripts") && name.endsWith(".txt");
        return transcript || name.endsWith(".java") || name.endsWith(".sieve") || name.endsWith(".md") && !name.equals("rfc-coverage.md");
    }

    private void scan(Path file, boolean without) throws IOException {
        // Transcripts are bytes; references are ASCII.
        List<String> content = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < content.size(); i++) {
            Matcher matcher = REFERENCE.matcher(content.get(i));
            while (matcher.find()) {
                int rfc = Integer.parseInt(matcher.group(1));
                note(file, rfc, matcher.group(2));
                if (!without) {
                    verify(file + ":" + (i + 1), rfc, matcher.group(2), matcher.group(3));
                }
            }
        }
    }

    private void note(Path file, int rfc, String section) {
        Coverage place = coverage.computeIfAbsent(rfc, _ -> new Coverage());
        place.references++;
        boolean test = file.toString().contains("src/test");
        if (section != null && !file.startsWith("docs")) {
            (test ? place.tests : place.code).computeIfAbsent(section, _ -> new TreeSet<>()).add(file.getFileName().toString());
        }
    }

    private void verify(String where, int rfc, String section, String line) throws IOException {
        List<String> text = text(rfc);
        if (text.isEmpty()) {
            if (section != null || line != null) {
                notes.add(where + ": RFC " + rfc + " is not among the texts: section not checked");
            }
        } else if (section != null && !hasSection(text, section)) {
            problems.add(where + ": RFC " + rfc + " has no section " + section);
        } else if (line != null && (Integer.parseInt(line) < 1 || Integer.parseInt(line) > text.size())) {
            problems.add(where + ": RFC " + rfc + " has " + text.size() + " lines, not " + line);
        }
    }

    private List<String> text(int rfc) throws IOException {
        String name = "rfc" + rfc + ".txt";
        if (!lines.containsKey(name)) {
            Path file = texts.resolve(name);
            lines.put(name, Files.exists(file) ? Files.readAllLines(file, StandardCharsets.ISO_8859_1) : List.of());
        }
        return lines.get(name);
    }

    private static boolean hasSection(List<String> text, String section) {
        return text.stream().anyMatch(line -> section.equals(sectionOf(line)));
    }

    /// The number that a heading begins with; null when the line is none.
    private static String sectionOf(String line) {
        Matcher heading = Pattern.compile("\\s{0,8}(?:Section )?(\\d+(?:\\.\\d+)*)\\.?(?:\\s+\\S.*|\\s*)").matcher(line);
        return heading.matches() ? heading.group(1) : null;
    }

    private String page() throws IOException {
        StringBuilder page = new StringBuilder("""
                # RFC coverage

                Written by `./dev rfc` from `docs/rfc-index.tsv` and the references in the sources; do not edit. A section counts
                as covered when code (or a test) names it; "duties" are sections of the text with a MUST, SHALL, REQUIRED or SHOULD.

                | RFC | status | title | references | sections in code | sections in tests | duties named in code |
                |---|---|---|---|---|---|---|
                """);
        StringBuilder details = new StringBuilder();
        for (String row : Files.readAllLines(Path.of("docs/rfc-index.tsv"))) {
            String[] columns = row.split("\t", -1);
            if (columns.length < 3 || columns[0].isEmpty() || !Character.isDigit(columns[0].charAt(0))) {
                continue;
            }
            int rfc = Integer.parseInt(columns[0].trim());
            Coverage place = coverage.getOrDefault(rfc, new Coverage());
            Set<String> duties = columns[1].equals("yes") || columns[1].equals("partial") ? duties(text(rfc)) : Set.of();
            Set<String> named = new TreeSet<>(duties);
            named.retainAll(place.code.keySet());
            page.append("| ").append(rfc).append(" | ").append(columns[1]).append(" | ").append(columns[2]);
            page.append(" | ").append(place.references).append(" | ").append(place.code.size());
            page.append(" | ").append(place.tests.size()).append(" | ");
            page.append(duties.isEmpty() ? "" : named.size() + " of " + duties.size()).append(" |\n");
            if (!duties.isEmpty()) {
                details(rfc, columns[2], place, duties, details);
            }
        }
        return page.append(details).toString();
    }

    private static void details(int rfc, String title, Coverage place, Set<String> duties, StringBuilder out) {
        out.append("\n## RFC ").append(rfc).append(", ").append(title).append("\n\n");
        if (!place.code.isEmpty()) {
            out.append("| section | code | tests |\n|---|---|---|\n");
            Set<String> sections = new TreeSet<>(RfcReferences::bySection);
            sections.addAll(place.code.keySet());
            sections.addAll(place.tests.keySet());
            for (String section : sections) {
                out.append("| ").append(section).append(" | ").append(String.join(", ", place.code.getOrDefault(section, Set.of())));
                out.append(" | ").append(String.join(", ", place.tests.getOrDefault(section, Set.of()))).append(" |\n");
            }
            out.append('\n');
        }
        Set<String> open = new TreeSet<>(RfcReferences::bySection);
        open.addAll(duties);
        open.removeAll(place.code.keySet());
        open.removeAll(place.tests.keySet());
        out.append("Sections with duties that nothing names: ").append(open.isEmpty() ? "none" : String.join(", ", open)).append(".\n");
    }

    /// The sections in which a duty stands.
    private static Set<String> duties(List<String> text) {
        Set<String> duties = new TreeSet<>(RfcReferences::bySection);
        String section = "";
        for (String line : text) {
            String heading = line.startsWith("      ") || line.contains(". . .") || line.contains(".....") ? null : sectionOf(line);
            if (heading != null) {
                section = heading;
            } else if (!section.isEmpty() && DUTY.matcher(line).find()) {
                duties.add(section);
            }
        }
        return duties;
    }

    private static int bySection(String a, String b) {
        String[] left = a.split("\\.");
        String[] right = b.split("\\.");
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            int order = Integer.compare(Integer.parseInt(left[i]), Integer.parseInt(right[i]));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.length, right.length);
    }
}
