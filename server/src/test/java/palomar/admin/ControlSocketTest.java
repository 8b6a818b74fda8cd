package palomar.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.event.Event;

class ControlSocketTest {
    @TempDir
    private Path folder;

    private Path path;
    private ControlServer server;
    private ControlClient client;

    @BeforeEach
    void open() throws Exception {
        path = folder.resolve("control.sock");
        Map<String, ControlVerb> verbs = Map.of(
                "echo", (arguments, reply) -> arguments.forEach(reply::line),
                "refuse",
                        (arguments, reply) -> {
                            reply.line("half");
                            throw new ControlFailure(67, "no such\nuser");
                        },
                "break",
                        (arguments, reply) -> {
                            throw new IllegalStateException("a bug");
                        });
        Map<String, ControlIntake> intakes = Map.of("measure", (arguments, content) -> {
            int most = Integer.parseInt(arguments.getFirst());
            int length = content.readNBytes(most + 1).length;
            throw new ControlFailure(length > most ? 65 : 0, length > most ? "too long" : "length " + length);
        });
        server = ControlServer.open(path, verbs, intakes, Event.SILENT);
        client = new ControlClient(path);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private List<String> call(String verb, String... arguments) {
        List<String> lines = new ArrayList<>();
        client.call(lines::add, verb, arguments);
        return lines;
    }

    @Test
    void linesComeBackInOrder() {
        assertThat(call("echo", "one", "", "t\u00e4t", "ok")).containsExactly("one", "", "t\u00e4t", "ok");
        assertThat(call("echo")).isEmpty();
    }

    @Test
    void aLineBreakCanNotForgeTheEnd() {
        List<String> lines = new ArrayList<>();
        assertThatThrownBy(() -> client.call(lines::add, "refuse"))
                .isInstanceOfSatisfying(ControlFailure.class, refused -> {
                    assertThat(refused.exitCode()).isEqualTo(67);
                    assertThat(refused.text()).isEqualTo("no such user");
                });
        assertThat(lines).containsExactly("half");
    }

    @Test
    void aBugInAVerbEndsThatRequestOnly() {
        assertThatThrownBy(() -> call("break")).hasMessageContaining("internal error");
        assertThat(call("echo", "still here")).containsExactly("still here");
    }

    @Test
    void unknownVerbsAreRefusedAsUsage() {
        assertThatThrownBy(() -> call("dance"))
                .isInstanceOfSatisfying(
                        ControlFailure.class,
                        refused -> assertThat(refused.exitCode()).isEqualTo(64));
    }

    @Test
    void onlyTheOwnerMayConnect() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void manySilentCallersDoNotBlockTheServerForLong() throws Exception {
        List<SocketChannel> silent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            silent.add(SocketChannel.open(UnixDomainSocketAddress.of(path)));
        }
        assertThat(call("echo", "served")).containsExactly("served");
        for (SocketChannel channel : silent) {
            channel.close();
        }
    }

    @Test
    void anEndlessRequestIsCutOff() throws Exception {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            ByteBuffer block = ByteBuffer.wrap("x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1000; i++) {
                            channel.write(block.rewind());
                        }
                    })
                    .isInstanceOf(java.io.IOException.class);
        }
        assertThat(call("echo", "served")).containsExactly("served");
    }

    private String measure(int most, int length) {
        try {
            client.call(line -> {}, new ByteArrayInputStream(new byte[length]), "measure", "" + most);
            return "taken";
        } catch (ControlFailure end) {
            return end.exitCode() + " " + end.text();
        }
    }

    @Test
    void contentFollowsTheRequest() {
        assertThat(measure(10, 0)).isEqualTo("0 length 0");
        assertThat(measure(3_000_000, 3_000_000)).isEqualTo("0 length 3000000");
    }

    @Test
    void theRefusalOfHalfReadContentArrives() {
        assertThat(measure(10, 3_000_000)).isEqualTo("65 too long");
    }

    @Test
    void aStopWaitsForWhatIsBeingTakenIn() throws Exception {
        try (SocketChannel caller = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            caller.write(ByteBuffer.wrap("measure\t10\nabc".getBytes(StandardCharsets.US_ASCII)));
            while (server.taken() == 0) {
                Thread.onSpinWait();
            }
            Thread stop = Thread.ofVirtual().start(() -> {
                try {
                    server.stop(Duration.ofDays(1));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            assertThat(stop.isAlive()).isTrue();
            caller.shutdownOutput();
            stop.join();
            ByteBuffer answer = ByteBuffer.allocate(100);
            caller.read(answer);
            assertThat(new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII))
                    .isEqualTo("fail\t0\tlength 3\n");
        }
    }

    @Test
    void afterCloseNobodyAnswersAndTheSocketIsGone() {
        server.close();
        assertThat(path).doesNotExist();
        assertThat(client.serverIsThere()).isFalse();
        assertThatThrownBy(() -> call("echo"))
                .isInstanceOfSatisfying(
                        ControlFailure.class,
                        refused -> assertThat(refused.exitCode()).isEqualTo(69));
    }

    @Test
    void aStaleSocketIsReplaced() throws Exception {
        server.close();
        Files.writeString(path, "left over");
        server = ControlServer.open(
                path, Map.of("echo", (arguments, reply) -> reply.line("new")), Map.of(), Event.SILENT);
        assertThat(call("echo")).containsExactly("new");
    }
}
