package palomar.it;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// What a program that ended said.
record Result(int code, byte[] bytes, String err) {
    private static final int SECONDS = 120;

    String out() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static Result of(byte[] input, List<String> command) throws Exception {
        return of(input, Map.of(), command);
    }

    static Result of(byte[] input, Map<String, String> environment, List<String> command) throws Exception {
        Path out = Files.createTempFile("palomar-it", ".out");
        Path err = Files.createTempFile("palomar-it", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().put("PALOMAR_NO_BUILD", "1");
            builder.environment().putAll(environment);
            Process process = builder.start();
            feed(process, input);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " hangs: " + Files.readString(out) + Files.readString(err));
            }
            return new Result(process.exitValue(), Files.readAllBytes(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static void feed(Process process, byte[] input) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input);
        } catch (IOException closed) {
            return; // it did not want to read all
        }
    }

    private static boolean isThere(String program) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /// Skips the test where a client is not installed, in CI too: .ci/run installs it where the system has it.
    static void wants(String program) {
        Assumptions.assumeTrue(isThere(program), program + " is not installed");
    }

    /// Skips the test where a command of a client fails, which shows that a part of it is not there.
    static void wantsSuccess(String what, String... command) throws Exception {
        wants(command[0]);
        Assumptions.assumeTrue(of(new byte[0], List.of(command)).code() == 0, what + " is not installed");
    }

    /// Skips the test where a client is not installed; CI installs these, so there they must be.
    static void needs(String program) {
        boolean there = isThere(program);
        if (System.getenv("CI") == null) {
            Assumptions.assumeTrue(there, program + " is not installed");
        }
        if (!there) {
            throw new IllegalStateException(program + " is not installed; CI must have it");
        }
    }

    /// Runs a client that must succeed.
    static Result client(String... command) throws Exception {
        return client(Map.of(), command);
    }

    static Result client(Map<String, String> environment, String... command) throws Exception {
        Result result = of(new byte[0], environment, List.of(command));
        if (result.code() != 0) {
            throw new IllegalStateException(
                    List.of(command) + " ended with " + result.code() + ":\n" + result.out() + result.err());
        }
        return result;
    }
}
