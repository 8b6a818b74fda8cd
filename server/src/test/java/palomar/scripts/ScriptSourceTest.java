package palomar.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.os.RealDisk;

class ScriptSourceTest {
    @TempDir
    private Path folder;

    private ScriptSource source(String name) {
        return new ScriptSource(new RealDisk(), folder.resolve(name));
    }

    @Test
    void aFileIsOneScript() throws IOException {
        Files.writeString(folder.resolve("spam.sieve"), "stop;");
        assertThat(source("spam.sieve").scripts()).singleElement().satisfies(script -> {
            assertThat(script.name()).isEqualTo("spam");
            assertThat(script.content()).isEqualTo("stop;".getBytes(StandardCharsets.UTF_8));
        });
        assertThat(source("spam.sieve").find(new ScriptName("spam"))).isPresent();
        assertThat(source("spam.sieve").find(new ScriptName("other"))).isEmpty();
    }

    @Test
    void aFolderIsItsScriptsInTheOrderOfNames() throws IOException {
        Files.createDirectories(folder.resolve("before/20-folder.sieve"));
        Files.writeString(folder.resolve("before/20-b.sieve"), "b");
        Files.writeString(folder.resolve("before/10-a.sieve"), "a");
        Files.writeString(folder.resolve("before/README"), "no script");
        Files.writeString(folder.resolve("before/.x.sieve"), "hidden");
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("before"));
        for (String name : new String[] {"before", "link"}) {
            assertThat(source(name).scripts()).extracting(Script::name).containsExactly("10-a", "20-b");
            assertThat(source(name).find(new ScriptName("20-b")).map(Script::hash))
                    .isPresent();
            assertThat(source(name).find(new ScriptName("../before/20-b"))).isEmpty();
            assertThat(source(name).find(new ScriptName("README"))).isEmpty();
        }
    }

    @Test
    void nothingThereIsNoScript() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        assertThat(source("missing").scripts()).isEmpty();
        assertThat(source("empty").scripts()).isEmpty();
        assertThat(source("missing").find(new ScriptName("a"))).isEmpty();
        assertThat(source("empty").find(new ScriptName("a"))).isEmpty();
    }

    @Test
    void whatCantBeReadSaysSo() throws IOException {
        Files.createSymbolicLink(folder.resolve("loop.sieve"), folder.resolve("loop.sieve"));
        assertThatThrownBy(() -> source("loop.sieve").scripts())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("loop.sieve");
    }
}
