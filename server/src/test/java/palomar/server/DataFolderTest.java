package palomar.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    private Path root;

    @Test
    void aMissingFolderIsMadeAndClosedToOthers() throws Exception {
        Path path = root.resolve("a/b/data");
        try (DataFolder folder = DataFolder.take(path)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rwx------");
            assertThat(folder.folder("tls")).isDirectory();
            assertThat(Files.readString(path.resolve("palomar.pid")).strip())
                    .isEqualTo(String.valueOf(ProcessHandle.current().pid()));
        }
    }

    @Test
    void oneServerHoldsItAtATime() throws Exception {
        Path path = root.resolve("data");
        try (DataFolder first = DataFolder.take(path)) {
            assertThat(DataFolder.isTaken(path)).isTrue();
            assertThat(DataFolder.awaitFree(path, Duration.ZERO)).isFalse();
            assertThatThrownBy(() -> DataFolder.take(path.resolve("../data")))
                    .isInstanceOfSatisfying(Refused.class, refused -> {
                        assertThat(refused.code()).isEqualTo(ExitCode.TEMP_FAIL);
                        assertThat(refused.getMessage())
                                .contains("process " + ProcessHandle.current().pid());
                    });
            assertThat(first.path()).isEqualTo(path);
        }
        assertThat(DataFolder.isTaken(path)).isFalse();
        assertThat(DataFolder.awaitFree(path, Duration.ZERO)).isTrue();
        DataFolder.take(path).close();
    }

    @Test
    void rootMakesNoFilesInWhatBelongsToAnother() throws Exception {
        Path path = Files.createDirectory(root.resolve("data"));
        String owner = Files.getOwner(path).getName();
        DataFolder.takeForCommand(path, owner).close();
        DataFolder.takeForCommand(root.resolve("missing"), "root").close();

        Path another = owner.equals("root") ? givenTo(path, "daemon") : path;
        assertThatThrownBy(() -> DataFolder.takeForCommand(another, "root"))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ExitCode.NO_PERMISSION);
                    assertThat(refused.getMessage()).contains("but this is root");
                });
    }

    private static Path givenTo(Path path, String user) throws Exception {
        return Files.setOwner(
                path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
    }

    @Test
    void anotherProcessSeesTheLock() throws Exception {
        Path path = root.resolve("data");
        try (DataFolder folder = DataFolder.take(path)) {
            assertThat(lockedSays(folder.path())).isEqualTo("taken");
        }
        assertThat(lockedSays(path)).isEqualTo("free");
    }

    private static String lockedSays(Path path) throws Exception {
        String classes = System.getProperty("java.class.path");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        classes,
                        Probe.class.getName(),
                        path.toString())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
    }

    /// Another process.
    static final class Probe {
        public static void main(String[] args) {
            System.out.println(DataFolder.isTaken(Path.of(args[0])) ? "taken" : "free");
        }
    }

    @Test
    void aFileInItsPlaceIsRefused() throws Exception {
        Path path = Files.writeString(root.resolve("file"), "x");
        assertThatThrownBy(() -> DataFolder.take(path))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(ExitCode.CANT_CREATE));
    }
}
