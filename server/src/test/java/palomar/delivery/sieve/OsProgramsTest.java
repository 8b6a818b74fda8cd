package palomar.delivery.sieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.bytes.ByteSource;
import palomar.sieve.Envelope;
import palomar.sieve.Host.ProgramFailure;
import palomar.sieve.Host.ProgramResult;

class OsProgramsTest {
    @TempDir
    private Path folder;

    private final Map<String, String> settings = new HashMap<>();

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        settings.put("sieve_execute_bin_dir", folder.toString());
    }

    private ProgramResult run(String name, Optional<String> input, String... arguments) throws Exception {
        Programs.Call call = new Programs.Call(
                "execute",
                name,
                List.of(arguments),
                input.map(text -> ByteSource.of(text.getBytes(StandardCharsets.UTF_8))),
                "bob",
                Envelope.of("ann@post.example", "bob@home.example"));
        return new OsPrograms().run(call, key -> Optional.ofNullable(settings.get(key)));
    }

    private static String text(ProgramResult result) {
        return new String(result.output(), StandardCharsets.UTF_8);
    }

    @Test
    void argumentsAreWordsAndNoShellLooksAtThem() throws Exception {
        program("show", "for word; do echo \"[$word]\"; done; exit 3");
        ProgramResult result = run("show", Optional.empty(), "$(id) `id`", "; exit 0", "a  b", "*");
        assertThat(result.exit()).isEqualTo(3);
        assertThat(text(result)).isEqualTo("[$(id) `id`]\n[; exit 0]\n[a  b]\n[*]\n");
    }

    @Test
    void theEnvironmentSaysWhoseMailItIsAndNothingElse() throws Exception {
        settings.put("home", "/home/bob");
        program("show", "env | grep -v '^_=\\|^PWD=\\|^SHLVL=' | sort");
        assertThat(text(run("show", Optional.empty())))
                .isEqualTo("HOME=/home/bob\nORIG_RECIPIENT=bob@home.example\nPATH=/usr/local/bin:/usr/bin:/bin\n"
                        + "RECIPIENT=bob@home.example\nSENDER=ann@post.example\nUSER=bob\n");
    }

    @Test
    void lineEndsAreAsTheOperatorWantsThem() throws Exception {
        program("copy", "exec cat");
        assertThat(text(run("copy", Optional.of("a\r\nb\nc\r\n\rd")))).isEqualTo("a\r\nb\r\nc\r\n\rd");
        settings.put("sieve_execute_input_eol", "lf");
        assertThat(text(run("copy", Optional.of("a\r\nb\nc\r\n\rd\r")))).isEqualTo("a\nb\nc\n\rd\r");
        String large = "0123456789\r\n".repeat(100_000);
        assertThat(text(run("copy", Optional.of(large)))).isEqualTo(large.replace("\r", ""));
    }

    @Test
    void aProgramMayEndWithoutReading() throws Exception {
        program("deaf", "exit 0");
        assertThat(run("deaf", Optional.of("x".repeat(1_000_000))).exit()).isZero();
    }

    @Test
    void whatIsNotInTheFolderIsNotRun() throws Exception {
        program("good", "exit 0");
        Files.writeString(folder.resolve("plain"), "no program");
        Files.createDirectory(folder.resolve("dir"));
        for (String name : List.of("../good", "/bin/true", "dir/../good", "", ".", "..", "missing", "plain", "dir")) {
            assertThatThrownBy(() -> run(name, Optional.empty())).as(name).isInstanceOf(ProgramFailure.class);
        }
        settings.remove("sieve_execute_bin_dir");
        assertThatThrownBy(() -> run("good", Optional.empty())).hasMessage("program 'good' not found");
    }

    @Test
    void whatTakesTooLongIsEnded() throws Exception {
        program("slow", "sleep 600");
        settings.put("sieve_execute_exec_timeout", "1s");
        assertThatThrownBy(() -> run("slow", Optional.empty())).hasMessage("program 'slow' took longer than 1 s");
    }
}
