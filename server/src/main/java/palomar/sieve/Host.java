package palomar.sieve;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import palomar.bytes.ByteSource;

/// What a run asks of the world. Nothing here changes anything, except that a program ([#run]) may.
///
/// Every question may throw [palomar.mail.MailException] UNAVAILABLE: then the run is given up and the delivery is
/// tried again later, as if it had never begun.
public interface Host {
    /// Constant during one run.
    Instant now();

    /// Of the user, for dates without one of their own.
    ZoneId zone();

    /// Name of the user whose script it is.
    String user();

    /// The user's own main address, when it is known.
    Optional<String> mainAddress();

    Settings settings();

    /// A value of `environment`, in lower case: RFC 5183 4.1. Empty: not known here.
    Optional<String> environment(String item);

    /// Whether the mailbox exists and the user may put messages into it. RFC 5490 3.1
    boolean mailboxExists(String mailbox);

    /// RFC 9042 3
    boolean mailboxIdExists(String id);

    /// Whether a mailbox has all these uses. RFC 8579 3
    ///
    /// @param mailbox empty: any mailbox of the user has one of them
    boolean specialUseExists(Optional<String> mailbox, Set<String> uses);

    /// Value of an annotation. RFC 5490 3.3, 3.4
    ///
    /// @param mailbox empty: of the server
    Optional<String> metadata(Optional<String> mailbox, String entry);

    /// Source of another script, for `include`. RFC 6609 3.2
    Optional<byte[]> script(boolean personal, String name);

    /// A variable that all scripts of the user share across runs; the value is written when the result has been
    /// carried out. Empty: it was never set.
    Optional<String> sharedVariable(String name);

    void sharedVariable(String name, String value);

    /// Whether a list of that name is known here. RFC 6134 2.7
    boolean hasList(String list);

    boolean listContains(String list, String value);

    /// Whether this key was remembered by [Action.MarkDuplicate] and is not yet forgotten; a `last` question
    /// starts its time anew. RFC 7352 3
    boolean wasSeen(String key);

    /// Runs one of the programs that the operator allows. Throws [ProgramFailure].
    ///
    /// @param kind `pipe`, `filter`, `execute`: they have folders of their own
    /// @param input what it reads; empty: nothing
    ProgramResult run(String kind, String program, List<String> arguments, Optional<ByteSource> input)
            throws ProgramFailure;

    /// @param output what it wrote, at most as much as the operator allows
    record ProgramResult(int exit, byte[] output) {}

    /// A line for the user's own log of his scripts; seen by operators at their log level.
    void log(LogLevel level, String text);

    /// How much a line in the user's log matters.
    enum LogLevel {
        DEBUG,
        INFO,
        WARNING,
        ERROR
    }

    /// A program is not there, not allowed, took too long or could not be started; the message says which.
    final class ProgramFailure extends Exception {
        private static final long serialVersionUID = 1;

        public ProgramFailure(String message) {
            super(message);
        }
    }
}
