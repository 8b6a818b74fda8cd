package palomar.server.command;

import picocli.CommandLine.Option;

/// `--help`, for commands and for methods that are commands.
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean wanted;

    boolean wanted() {
        return wanted;
    }
}
