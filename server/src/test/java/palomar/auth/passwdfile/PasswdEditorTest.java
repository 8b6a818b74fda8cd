package palomar.auth.passwdfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import palomar.auth.passwdfile.PasswdEditor.Outcome;

class PasswdEditorTest {
    private static final String ODD =
            "# head\r\n\n:odd\njoe:{PLAIN}x:1:2:g:/h:s:userdb_a=b c\r\n#joe:no\nann\njoe2:y\n";

    @TempDir
    Path folder;

    private Path path;
    private PasswdEditor editor;

    @BeforeEach
    void begin() {
        path = folder.resolve("users");
        editor = new PasswdEditor(path);
    }

    @Test
    void fieldsComeWithAPasswordAndGo() throws IOException {
        Path path = folder.resolve("fields");
        Files.writeString(path, "a:x\nb:x:1:2::/home::k=v  old=1 z\nc\nd:x::::::old=1\r\n");
        PasswdEditor editor = new PasswdEditor(path);
        for (String user : List.of("a", "b", "c")) {
            editor.password(user, "{PLAIN}n", Map.of("old", "2="));
        }
        editor.password("d", "{PLAIN}n", Map.of("old", ""));

        assertThat(path)
                .hasContent("a:{PLAIN}n::::::old=2=\nb:{PLAIN}n:1:2::/home::k=v z old=2=\nc:{PLAIN}n::::::old=2=\n"
                        + "d:{PLAIN}n::::::\r\n");
        assertThat(PasswdTable.of(Files.readAllBytes(path))
                        .find("b")
                        .orElseThrow()
                        .extra())
                .containsEntry("old", "2=")
                .containsEntry("k", "v");
    }

    @Test
    void theFirstUserMakesTheFileForTheOwnerAlone() throws IOException {
        assertThat(editor.users()).isEmpty();
        assertThat(editor.add("joe", "{PLAIN}x", Map.of())).isEqualTo(Outcome.DONE);

        assertThat(path).content().isEqualTo("joe:{PLAIN}x::::::\n");
        assertThat(mode()).isEqualTo("rw-------");
        assertThat(editor.users()).containsExactly("joe");
    }

    @Test
    void theFirstUserMayComeBeforeTheFolder() throws IOException {
        Path deep = folder.resolve("data/palomar/users");
        PasswdEditor early = new PasswdEditor(deep);

        assertThat(early.users()).isEmpty();
        assertThat(early.remove("joe")).isEqualTo(Outcome.NO_SUCH_USER);
        assertThat(early.password("joe", "{PLAIN}x")).isEqualTo(Outcome.NO_SUCH_USER);
        assertThat(deep.getParent()).doesNotExist();

        assertThat(early.add("joe", "{PLAIN}x", Map.of())).isEqualTo(Outcome.DONE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(deep.getParent())))
                .isEqualTo("rwx------");
    }

    /// Only root can give files away; for others the file stays theirs, which is the same assertion.
    @Test
    void whatIsNewBelongsToTheOwnerOfTheFolder() throws IOException {
        boolean root = Files.getOwner(folder).getName().equals("root");
        if (root) {
            UserPrincipal daemon =
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("daemon");
            Files.setOwner(folder, daemon);
        }
        editor.add("joe", "{PLAIN}x", Map.of());
        editor.password("joe", "{PLAIN}y");

        assertThat(Files.getOwner(path)).isEqualTo(Files.getOwner(folder));
        assertThat(Files.getOwner(folder.resolve("users.lock"))).isEqualTo(Files.getOwner(folder));
    }

    @Test
    void usersAreAddedAtTheEndWithTheirFields() throws IOException {
        Files.writeString(path, "ann:{PLAIN}a");

        assertThat(editor.add("joe@example.org", "{PLAIN}x", Map.of("userdb_home", "/mail/joe")))
                .isEqualTo(Outcome.DONE);

        assertThat(path).content().isEqualTo("ann:{PLAIN}a\njoe@example.org:{PLAIN}x::::::userdb_home=/mail/joe\n");
    }

    @Test
    void nobodyIsAddedTwice() throws IOException {
        Files.writeString(path, ODD);

        assertThat(editor.add("joe", "{PLAIN}z", Map.of())).isEqualTo(Outcome.EXISTS_ALREADY);
        assertThat(editor.add("ann", "{PLAIN}z", Map.of())).isEqualTo(Outcome.EXISTS_ALREADY);

        assertThat(path).content().isEqualTo(ODD);
    }

    @Test
    void aNewPasswordChangesNothingElse() throws IOException {
        Files.writeString(path, ODD);

        assertThat(editor.password("joe", "{PLAIN}new")).isEqualTo(Outcome.DONE);
        assertThat(editor.password("ann", "{PLAIN}a")).isEqualTo(Outcome.DONE);
        assertThat(editor.password("bob", "{PLAIN}b")).isEqualTo(Outcome.NO_SUCH_USER);

        assertThat(path)
                .content()
                .isEqualTo(ODD.replace("joe:{PLAIN}x:", "joe:{PLAIN}new:").replace("\nann\n", "\nann:{PLAIN}a\n"));
    }

    @Test
    void removingTakesEachLineOfTheUserAndNoOther() throws IOException {
        Files.writeString(path, ODD + "joe:again\n");

        assertThat(editor.remove("joe")).isEqualTo(Outcome.DONE);
        assertThat(editor.remove("joe")).isEqualTo(Outcome.NO_SUCH_USER);
        assertThat(editor.remove("#joe")).isEqualTo(Outcome.NO_SUCH_USER);

        assertThat(path).content().isEqualTo(ODD.replace("joe:{PLAIN}x:1:2:g:/h:s:userdb_a=b c\r\n", ""));
        assertThat(editor.users()).containsExactly("ann", "joe2");
    }

    @Test
    void theModeStaysAndNothingIsLeftBeside() throws IOException {
        Files.writeString(path, "joe:x\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));

        editor.password("joe", "{PLAIN}y");

        assertThat(mode()).isEqualTo("rw-r-----");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("users", "users.lock");
        }
    }

    @Test
    void aSymbolicLinkStaysOne() throws IOException {
        Path real = Files.writeString(folder.resolve("real"), "joe:x\n");
        Files.createSymbolicLink(path, real);

        editor.password("joe", "{PLAIN}y");

        assertThat(Files.isSymbolicLink(path)).isTrue();
        assertThat(real).content().isEqualTo("joe:{PLAIN}y\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "a b", "a\nb", "#a", "a\0", "a\tb"})
    void namesThatWouldBreakTheFileAreRefused(String name) {
        assertThatThrownBy(() -> editor.add(name, "{PLAIN}x", Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThat(path).doesNotExist();
    }

    @Test
    void fieldsThatWouldBreakTheFileAreRefused() {
        assertThatThrownBy(() -> editor.add("joe", "{PLAIN}a:b", Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> editor.add("joe", "{PLAIN}x", Map.of("home", "/a b")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> editor.add("joe", "{PLAIN}x", Map.of("a=b", "c")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> editor.password("joe", "{PLAIN}a\nroot:x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void editsAtTheSameTimeAllCount() throws IOException {
        List<CompletableFuture<Outcome>> edits = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> add("user" + i)))
                .toList();

        assertThat(edits).allSatisfy(edit -> assertThat(edit.join()).isEqualTo(Outcome.DONE));
        assertThat(editor.users()).hasSize(20);
    }

    private Outcome add(String user) {
        try {
            return new PasswdEditor(path).add(user, "{PLAIN}x", Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String mode() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aFileThatCantBeReachedIsNotAnEmptyOne() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        PasswdEditor unreachable = new PasswdEditor(file.resolve("users"));
        assertThatThrownBy(unreachable::users).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> unreachable.add("anna", "{PLAIN}x", Map.of())).isInstanceOf(IOException.class);
    }
}
