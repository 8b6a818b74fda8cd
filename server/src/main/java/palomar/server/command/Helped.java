package palomar.server.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// What every command has: `--help`.
class Helped {
    @Mixin
    private HelpOption help = new HelpOption();

    @Spec
    private @Nullable CommandSpec spec;

    CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("asked before the command line was parsed");
        }
        return spec;
    }

    boolean helpWanted() {
        return help.wanted();
    }
}
