package palomar.delivery.sieve;

import palomar.sieve.Host;

/// Where a user finds what became of his scripts. Safe for many threads; never fails: what can't be written is
/// told to the operator.
@FunctionalInterface
public interface ScriptLog {
    ScriptLog SILENT = (level, text) -> {};

    void say(Host.LogLevel level, String text);
}
