package palomar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsReferenceTest {
    private static final Path PAGE = Path.of("../docs/reference/settings.md");

    @Test
    void thePageInTheManualIsWhatTheRecordsSay() throws IOException {
        assertThat(Files.readString(PAGE))
                .as("stale: write it anew with  ./palomar config reference > docs/reference/settings.md")
                .isEqualTo(SettingsReference.ofPalomar().page());
    }

    @Test
    void everySettingIsDescribedInWholeSentences() {
        assertThat(SettingsReference.ofPalomar().names())
                .hasSizeGreaterThan(40)
                .allSatisfy(name -> assertThat(SettingsReference.ofPalomar()
                                .explain(name)
                                .orElseThrow()
                                .split("\n")[2])
                        .matches("[A-Z\"].*"));
    }
}
