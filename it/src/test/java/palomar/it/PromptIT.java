package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Passwords asked for on a terminal, which `script` plays.
class PromptIT {
    @TempDir
    private Path folder;

    @Test
    void aPasswordIsAskedForTwiceAndNotShown() throws Exception {
        Result.needs("script");
        Path file = Files.writeString(folder.resolve("p.toml"), "[server]\ndata = \"" + folder + "/data\"\n");
        assertThat(type(file, "Kaleidoskop", "Wackelpudding"))
                .contains("the two are not the same")
                .doesNotContain("Kaleidoskop")
                .doesNotContain("Wackelpudding");
        assertThat(Palomar.run("user", "list", "-c", file.toString()).out()).isEmpty();
        assertThat(type(file, "Kaleidoskop", "Kaleidoskop"))
                .contains("alice added")
                .doesNotContain("Kaleidoskop");
        assertThat(Palomar.run("user", "list", "-c", file.toString()).out()).isEqualTo("alice\n");
    }

    /// Types each answer when it is asked for; returns all that the terminal showed.
    private static String type(Path file, String first, String second) throws Exception {
        String command = Palomar.HOME.resolve("palomar") + " user add alice -c " + file;
        ProcessBuilder builder =
                new ProcessBuilder(List.of("script", "-qec", command, "/dev/null")).redirectErrorStream(true);
        builder.environment().put("PALOMAR_NO_BUILD", "1");
        Process process = builder.start();
        StringBuilder shown = new StringBuilder();
        try (OutputStream keys = process.getOutputStream();
                InputStream screen = process.getInputStream()) {
            answer(screen, keys, shown, "Password: ", first);
            answer(screen, keys, shown, "Again: ", second);
            for (int c = screen.read(); c >= 0; c = screen.read()) {
                shown.append((char) c);
            }
        }
        process.waitFor();
        return shown.toString();
    }

    private static void answer(InputStream screen, OutputStream keys, StringBuilder shown, String question, String text)
            throws Exception {
        while (!shown.toString().endsWith(question)) {
            int c = screen.read();
            assertThat(c).as(shown + "...").isNotNegative();
            shown.append((char) c);
        }
        keys.write((text + "\n").getBytes(StandardCharsets.US_ASCII));
        keys.flush();
    }
}
