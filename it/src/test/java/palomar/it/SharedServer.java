package palomar.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives a test the one demo server that all tests with clients share; each test has users of its own. It is
/// started for the first of them and stopped, in order, behind the last of all tests.
final class SharedServer implements ParameterResolver {
    private static final ExtensionContext.Namespace MINE = ExtensionContext.Namespace.create(SharedServer.class);

    /// The server with the folder it lives in.
    private record Running(Path folder, Palomar palomar) implements AutoCloseable {
        static Running start() {
            try {
                Path folder = Files.createTempDirectory("palomar-clients");
                return new Running(folder, Palomar.demo(folder.resolve("demo"), Palomar.freeBasePort()));
            } catch (Exception e) {
                throw new IllegalStateException("the server for the clients does not start", e);
            }
        }

        @Override
        public void close() throws IOException {
            palomar.close();
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Palomar.class;
    }

    @Override
    public Palomar resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(MINE)
                .computeIfAbsent(Running.class, none -> Running.start(), Running.class)
                .palomar();
    }
}
