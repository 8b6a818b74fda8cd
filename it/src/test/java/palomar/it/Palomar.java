package palomar.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The packaged program as a process, started as a user starts it. Close it to stop it in order.
final class Palomar implements AutoCloseable {
    static final Path HOME =
            Path.of(System.getProperty("palomar.home", "..")).toAbsolutePath().normalize();
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final int[] OFFSETS = {24, 110, 143, 465, 587, 993, 995, 4190};
    private static final Map<String, String> ENVIRONMENT = Map.of("PALOMAR_NO_BUILD", "1", "PALOMAR_NO_TRAIN", "1");
    private static final Random RANDOM = new Random();
    private static final int LOWEST_PORT = 12_000;

    private final Process process;
    private final Path out;
    private final Path err;
    private final int basePort;
    private final long readyNanos;

    private Palomar(Process process, Path out, Path err, int basePort, long readyNanos) {
        this.process = process;
        this.out = out;
        this.err = err;
        this.basePort = basePort;
        this.readyNanos = readyNanos;
    }

    /// A demo server on `data`; returns when it has said `ready`.
    static Palomar demo(Path data, int basePort, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("serve", "--demo", "--data", data.toString(), "--base-port", String.valueOf(basePort)));
        arguments.addAll(List.of(more));
        return start(data.resolveSibling(data.getFileName() + "-output"), basePort, arguments);
    }

    /// A demo server that has just begun to start.
    static Process begin(Path data, int basePort) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        HOME.resolve("palomar").toString(),
                        "serve",
                        "--demo",
                        "--data",
                        data.toString(),
                        "--base-port",
                        String.valueOf(basePort))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(ENVIRONMENT);
        return builder.start();
    }

    /// A server with a configuration; returns when it has said `ready`.
    static Palomar configured(Path file) throws Exception {
        return start(file.resolveSibling("output"), 0, List.of("serve", "--config", file.toString()));
    }

    private static Palomar start(Path output, int basePort, List<String> arguments) throws Exception {
        Files.createDirectories(output);
        Path out = output.resolve("out");
        Path err = output.resolve("err");
        List<String> command = new ArrayList<>(List.of(HOME.resolve("palomar").toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()));
        builder.environment().putAll(ENVIRONMENT);
        long begin = System.nanoTime();
        Process process = builder.start();
        while (!Files.readString(out).lines().anyMatch("ready"::equals)) {
            if (!process.isAlive() || System.nanoTime() - begin > LONGEST.toNanos()) {
                process.destroyForcibly();
                throw new IllegalStateException("not ready: " + Files.readString(out) + "\n" + Files.readString(err));
            }
            LockSupport.parkNanos(5_000_000);
        }
        return new Palomar(process, out, err, basePort, System.nanoTime() - begin);
    }

    /// A command that ends by itself.
    static Result run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("palomar").toString()));
        command.addAll(List.of(arguments));
        return Result.of(new byte[0], command);
    }

    /// The same with something on standard input.
    static Result runWith(String input, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("palomar").toString()));
        command.addAll(List.of(arguments));
        return Result.of(input.getBytes(StandardCharsets.UTF_8), command);
    }

    /// A port that is free now, and that the system gives to no connection meanwhile: below Linux's ephemeral
    /// ones.
    static int freePort() {
        while (true) {
            int port = LOWEST_PORT + RANDOM.nextInt(20_000);
            if (isFree(port)) {
                return port;
            }
        }
    }

    /// A base port all of whose ports are free now, and likewise below the ephemeral ones.
    static int freeBasePort() {
        while (true) {
            int base = LOWEST_PORT + RANDOM.nextInt(16_000);
            boolean free = true;
            for (int offset : OFFSETS) {
                free &= isFree(base + offset);
            }
            if (free) {
                return base;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    int imap() {
        return basePort + 143;
    }

    int imaps() {
        return basePort + 993;
    }

    int lmtp() {
        return basePort + 24;
    }

    int pop3() {
        return basePort + 110;
    }

    int pop3s() {
        return basePort + 995;
    }

    int managesieve() {
        return basePort + 4190;
    }

    /// A demo's self-signed certificate.
    Path certificate() {
        return data().resolve("tls/cert.pem");
    }

    /// A demo's data directory.
    Path data() {
        String output = out.getParent().getFileName().toString();
        return out.getParent().resolveSibling(output.substring(0, output.length() - "-output".length()));
    }

    long pid() {
        return process.pid();
    }

    Duration readyAfter() {
        return Duration.ofNanos(readyNanos);
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    /// The log, of all processes that ran on this data directory.
    String err() throws IOException {
        return Files.readString(err);
    }

    /// Resident memory, from the kernel.
    long residentBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        throw new IllegalStateException("no VmRSS");
    }

    /// `kill -9`; returns when the process is gone.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /// SIGTERM; returns the exit code.
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("did not stop");
        }
        return process.exitValue();
    }

    void hangUp() throws Exception {
        Result.of(new byte[0], List.of("kill", "-HUP", String.valueOf(pid())));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
