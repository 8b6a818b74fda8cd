package palomar.sieve;

import palomar.sieve.syntax.Call;

/// Watches a run, for people who want to know why a script did what it did. One thread.
public interface Tracer {
    /// A command is about to be executed.
    void statement(Run run, Call command);

    /// A test was evaluated; those inside it came before.
    void test(Run run, Call test, boolean outcome);

    /// A value of the message was compared with a key.
    void compared(Run run, String value, String key, boolean outcome);

    /// Something went into the result.
    void action(Run run, Action action);

    /// Anything else that is worth knowing, as a header that was looked at or a variable that was set.
    void note(Run run, String text);
}
