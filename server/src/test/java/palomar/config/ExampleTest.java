package palomar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What we tell people to copy is right.
class ExampleTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void theExampleHasNoMistakes() {
        SettingsFile.Loaded<PalomarSettings> loaded = SettingsFile.load(ROOT.resolve("dist/palomar.toml"));
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.orThrow().listeners()).hasSize(4);
    }

    @Test
    void theReadmeShowsTheExample() throws IOException {
        String example = Files.readString(ROOT.resolve("dist/palomar.toml"));
        String settings = example.substring(example.indexOf("[server]")).stripTrailing();
        String readme = Files.readString(ROOT.resolve("README.md")).replace("\n   ", "\n");
        assertThat(readme).contains(settings);
    }
}
