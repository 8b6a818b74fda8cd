package palomar.server.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What every command has: `--help`.
class Helped {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean help;

    @Spec
    private @Nullable CommandSpec spec;

    CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("asked before the command line was parsed");
        }
        return spec;
    }

    boolean helpWanted() {
        return help;
    }
}
