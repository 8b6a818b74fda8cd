package palomar.sievetest;

import java.nio.file.Path;
import java.util.Optional;

/// How files are run.
///
/// @param expectFailure a file passes when each of its tests failed
/// @param log messages of the tested scripts go to the output
/// @param workFolder where temporary data lives, and stays; empty: a new folder that is removed
/// @param trace a file for the trace, `-`: the output
/// @param dump a file for what was compiled, `-`: the output
/// @param extensions what is available; empty: all
/// @param debug tells more
/// @param reload each compiled script is saved and loaded again before it is used
public record TestOptions(
        boolean expectFailure,
        boolean log,
        Optional<Path> workFolder,
        Optional<String> trace,
        Optional<String> dump,
        Optional<String> extensions,
        boolean debug,
        boolean reload) {
    public static final TestOptions USUAL = new TestOptions(
            false, false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false, false);

    /// The same with a binary saved and loaded after each compilation.
    public TestOptions reloading() {
        return new TestOptions(expectFailure, log, workFolder, trace, dump, extensions, debug, true);
    }
}
