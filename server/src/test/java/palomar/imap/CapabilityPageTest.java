package palomar.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import palomar.config.SettingsReference;

class CapabilityPageTest {
    private static final Path PAGE = Path.of("../docs/reference/capabilities.md");
    private static final Path TRANSCRIPTS = Path.of("src/test/transcripts");

    private final CapabilityPage page;

    CapabilityPageTest() throws IOException {
        page = new CapabilityPage();
    }

    @Test
    void thePageInTheManualIsWhatTheCodeShows() throws IOException {
        assertThat(Files.readString(PAGE))
                .as("stale: write it anew with  ./dev capabilities")
                .isEqualTo(page.page());
    }

    @Test
    void everyCapabilityHasARowInTheIndexThatSaysYes() {
        assertThat(page.names())
                .hasSizeGreaterThan(60)
                .allSatisfy(name -> assertThat(page.row(name))
                        .as(name + ": a row of docs/rfc-index.tsv with status yes must name it in its third column")
                        .isPresent());
    }

    @Test
    void everyCapabilityHasTranscripts() {
        assertThat(page.names())
                .allSatisfy(name -> assertThat(page.row(name).orElseThrow().transcripts())
                        .as(name)
                        .isNotEmpty()
                        .allSatisfy(folder -> {
                            try (Stream<Path> files = Files.list(TRANSCRIPTS.resolve(folder))) {
                                assertThat(files)
                                        .as(folder)
                                        .anyMatch(file -> file.toString().endsWith(".txt"));
                            }
                        }));
    }

    @Test
    void theSettingsThatChangeCapabilitiesAreThere() {
        assertThat(SettingsReference.ofPalomar().names()).containsAll(page.settings());
        assertThat(page.settings())
                .allSatisfy(setting -> assertThat(page.page()).contains("`" + setting + "`"));
    }
}
