package palomar.server.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.sievetest.TestOptions;
import picocli.CommandLine.Option;

/// What `palomar sieve test` takes.
final class SieveTestOptions {
    @Option(
            names = {"-F", "--expect-failure"},
            description = "A file passes when all its tests fail, or it does not compile.")
    private boolean expectFailure;

    @Option(
            names = {"-E", "--log"},
            description = "Copies log messages of tested scripts to the output.")
    private boolean log;

    @Option(
            names = {"-W", "--work-dir"},
            paramLabel = "DIR",
            description = "Where temporary data lives, and stays. Default: a new folder that is removed.")
    private @Nullable Path workFolder;

    @Option(
            names = {"-t", "--trace"},
            paramLabel = "FILE",
            description = "Writes a trace of all that is executed; - is standard output.")
    private @Nullable String trace;

    @Option(
            names = {"-d", "--dump"},
            paramLabel = "FILE",
            description = "Writes the compiled test files in readable form; - is standard output.")
    private @Nullable String dump;

    @Option(
            names = {"-x", "--extensions"},
            paramLabel = "LIST",
            description = "The extensions that are available, with blanks between them; +NAME and -NAME change the list"
                    + " of all. Default: all.")
    private @Nullable String extensions;

    @Option(
            names = {"-P", "--plugin"},
            paramLabel = "NAME",
            description = "For compatibility: all that plugins bring is built in.")
    private @Nullable List<String> plugins;

    @Option(
            names = {"-D", "--debug"},
            description = "Logs more.")
    private boolean debug;

    TestOptions options() {
        return new TestOptions(
                expectFailure,
                log,
                Optional.ofNullable(workFolder),
                Optional.ofNullable(trace),
                Optional.ofNullable(dump),
                Optional.ofNullable(extensions),
                debug,
                false);
    }
}
