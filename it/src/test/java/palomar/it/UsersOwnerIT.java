package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The passwd-file in the hands of root and of the user who runs Palomar, by turns. Needs root and setpriv.
class UsersOwnerIT {
    @TempDir
    private Path folder;

    private Path data;
    private String file;

    @BeforeEach
    void giveTheFolderToNobody() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "root only");
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is not installed");
        Assumptions.assumeTrue(asNobody("", "version").code() == 0, "nobody may not read this checkout");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        data = Files.createDirectory(folder.resolve("data"));
        Files.setOwner(
                data, data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        file = Files.writeString(folder.resolve("p.toml"), "[server]\ndata = \"" + data + "\"\n")
                .toString();
    }

    @Test
    void rootAddsTheFirstUserAndNobodyTheSecond() throws Exception {
        assertThat(Palomar.runWith("one\n", "user", "add", "alice", "--stdin", "-c", file)
                        .code())
                .isZero();
        Result second = asNobody("two\n", "user", "add", "bob", "--stdin", "-c", file);

        assertThat(second.err()).isEmpty();
        assertThat(second.code()).isZero();
        assertThat(users()).isEqualTo("alice\nbob\n");
        assertThat(mode()).isEqualTo("rw-------");
    }

    @Test
    void aGroupThatReadsTheFileIsNotLost() throws Exception {
        Palomar.runWith("one\n", "user", "add", "alice", "--stdin", "-c", file);
        Files.setPosixFilePermissions(data.resolve("users"), PosixFilePermissions.fromString("rw-r-----"));

        assertThat(asNobody("two\n", "user", "add", "bob", "--stdin", "-c", file)
                        .code())
                .isNotZero();
        assertThat(users()).isEqualTo("alice\n");
        assertThat(mode()).isEqualTo("rw-r-----");
    }

    private String users() throws Exception {
        return Palomar.run("user", "list", "-c", file).out();
    }

    private String mode() throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("users")));
    }

    private static Result asNobody(String input, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        command.add(Palomar.HOME.resolve("palomar").toString());
        command.addAll(List.of(arguments));
        return Result.of(input.getBytes(StandardCharsets.UTF_8), Map.of("HOME", "/"), command);
    }
}
