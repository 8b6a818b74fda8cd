package palomar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PackageInfoTest {
    private static final Path SOURCES = Path.of("src/main/java");

    @Test
    void everyPackageHasADesignNoteAndIsNullMarked() throws IOException {
        SortedSet<String> wanting = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Path note = file.resolveSibling("package-info.java");
                String text = Files.exists(note) ? Files.readString(note) : "";
                if (!text.contains("@NullMarked") || !text.startsWith("///")) {
                    wanting.add(SOURCES.relativize(file).getParent().toString());
                }
            }
        }
        assertThat(wanting).isEmpty();
    }
}
