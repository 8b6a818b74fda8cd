package palomar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IoTextTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new NoSuchFileException("/x/y"), "/x/y: there is no such file or directory"),
                Arguments.of(new AccessDeniedException("/x/y"), "/x/y: permission denied"),
                Arguments.of(new NotDirectoryException("/x"), "/x: is not a directory"),
                Arguments.of(new FileSystemException("/x", null, "Too many open files"), "/x: Too many open files"),
                Arguments.of(new FileSystemException("/x"), "/x: FileSystemException"),
                Arguments.of(new IOException("No space left on device"), "No space left on device"),
                Arguments.of(new IOException(), "IOException"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsASentenceWithItsFile(IOException failed, String text) {
        assertThat(IoText.of(failed)).isEqualTo(text);
    }
}
