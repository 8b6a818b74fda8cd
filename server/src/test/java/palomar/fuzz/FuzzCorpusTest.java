package palomar.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FuzzCorpusTest {

    static List<String> targets() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("src/test/java/palomar/fuzz"))) {
            return files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith("Fuzz.java"))
                    .map(f -> f.substring(0, f.length() - "Fuzz.java".length()))
                    .sorted()
                    .toList();
        }
    }

    /// What fuzzing once found, and the seeds, stay right.
    @ParameterizedTest
    @MethodSource("targets")
    void everyFileOfTheCorpusPasses(String name) throws Exception {
        Method target = Class.forName("palomar.fuzz." + name + "Fuzz").getMethod("fuzz", byte[].class);
        for (byte[] file : FuzzSeeds.of(name)) {
            assertThatCode(() -> target.invoke(null, (Object) file)).doesNotThrowAnyException();
        }
    }
}
