package palomar.auth.passwdfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.event.Event;
import palomar.testkit.ManualClock;

/// When a changed file is taken. File times are set by hand, so that no test waits for a clock.
class PasswdFileTest {
    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private final List<String> said = new ArrayList<>();
    private Path path;
    private PasswdFile file;

    @BeforeEach
    void begin() throws IOException {
        path = folder.resolve("users");
        rewrite("joe:one\n", Duration.ofHours(-1));
        file = new PasswdFile(new PasswdFileSettings(path), clock, Event.root(new Said()));
    }

    @Test
    void aFileRenamedIntoPlaceCountsAtOnce() throws IOException {
        assertThat(password("joe")).isEqualTo("one");

        Path aside = Files.writeString(folder.resolve("aside"), "joe:two\n");
        Files.setLastModifiedTime(aside, FileTime.from(clock.instant()));
        Files.move(aside, path, StandardCopyOption.REPLACE_EXISTING);

        assertThat(password("joe")).isEqualTo("two");
    }

    @Test
    void aFileWrittenInPlaceCountsWhenItHasBeenQuietForASecond() throws IOException {
        assertThat(password("joe")).isEqualTo("one");

        rewrite("jo", Duration.ZERO);
        assertThat(password("joe")).isEqualTo("one");

        rewrite("joe:two\n", Duration.ofMillis(100));
        assertThat(password("joe")).isEqualTo("one");

        clock.advance(Duration.ofMillis(1_100));
        assertThat(password("joe")).isEqualTo("two");
    }

    @Test
    void aChangeThatLeavesTheSameStampIsSeenTooWhenTheFirstWasReadYoung() throws IOException {
        Path aside = Files.writeString(folder.resolve("aside"), "joe:two\n");
        FileTime young = FileTime.from(clock.instant());
        Files.setLastModifiedTime(aside, young);
        Files.move(aside, path, StandardCopyOption.REPLACE_EXISTING);
        assertThat(password("joe")).isEqualTo("two");

        Files.writeString(path, "joe:six\n");
        Files.setLastModifiedTime(path, young);
        clock.advance(Duration.ofSeconds(1));

        assertThat(password("joe")).isEqualTo("six");
    }

    @Test
    void aFileThatIsGoneLeavesTheLastVersionInForceAndIsReportedOnce() throws IOException {
        assertThat(password("joe")).isEqualTo("one");

        Files.delete(path);
        assertThat(password("joe")).isEqualTo("one");
        assertThat(password("joe")).isEqualTo("one");
        assertThat(said).singleElement().asString().contains("does not exist").contains("last version");

        rewrite("joe:two\n", Duration.ofHours(-2));
        assertThat(password("joe")).isEqualTo("two");

        Files.delete(path);
        assertThat(password("joe")).isEqualTo("two");
        assertThat(said).hasSize(2);
    }

    @Test
    void withoutAnyVersionAskingFailsUntilThereIsOne() throws IOException {
        Files.delete(path);
        assertThatThrownBy(() -> password("joe"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("users");

        rewrite("joe:late\n", Duration.ZERO);
        assertThat(password("joe")).isEqualTo("late");
    }

    @Test
    void aFolderInItsPlaceLeavesTheLastVersionInForce() throws IOException {
        assertThat(password("joe")).isEqualTo("one");

        Files.delete(path);
        Files.createDirectory(path);

        assertThat(password("joe")).isEqualTo("one");
        assertThat(said).singleElement().asString().contains("can't read");
    }

    @Test
    void oddLinesAreReportedByNumber() throws IOException {
        rewrite("joe:one\nann:x\njoe:two\na\0b:x\n" + "l".repeat(70_000) + "\n", Duration.ofHours(-2));

        assertThat(password("joe")).isEqualTo("one");
        assertThat(said)
                .satisfiesExactly(
                        text -> assertThat(text).contains("line 3").contains("'joe'"),
                        text -> assertThat(text).contains("line 4").contains("NUL"),
                        text -> assertThat(text).contains("line 5").contains("longer"));
    }

    private String password(String user) throws IOException {
        byte[] password = file.find(user).orElseThrow().password();
        return new String(password, StandardCharsets.UTF_8);
    }

    /// Writes in place, as an editor or a shell does.
    private void rewrite(String content, Duration fromNow) throws IOException {
        Files.writeString(path, content);
        Instant modified = clock.instant().plus(fromNow);
        Files.setLastModifiedTime(path, FileTime.from(modified));
    }

    private final class Said implements Event.Sink {
        @Override
        public boolean wants(Event.Level level, String name) {
            return level == Event.Level.ERROR;
        }

        @Override
        public void accept(
                Event.Level level, String name, List<Object> fields, String text, @Nullable Throwable cause) {
            said.add(text);
        }
    }
}
