package palomar.delivery.sieve;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import palomar.bytes.ByteSource;
import palomar.sieve.Envelope;
import palomar.sieve.Host.ProgramFailure;
import palomar.sieve.Host.ProgramResult;
import palomar.sieve.Settings;

/// Programs that scripts may run. Safe for many threads.
@FunctionalInterface
public interface Programs {
    Programs NONE = (call, settings) -> {
        throw new ProgramFailure("no programs are allowed here");
    };

    /// Runs a program and waits for its end. Throws ProgramFailure when it is not allowed, can't be started, takes
    /// too long or writes too much.
    ///
    /// @param settings say where programs are and how long they may take
    ProgramResult run(Call call, Settings settings) throws ProgramFailure, IOException;

    /// @param kind `pipe`, `filter` or `execute`: folders and limits of their own
    /// @param input what it reads; empty: nothing
    record Call(
            String kind,
            String program,
            List<String> arguments,
            Optional<ByteSource> input,
            String user,
            Envelope envelope) {}
}
