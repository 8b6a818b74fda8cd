package palomar.sieve.ext.log;

import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Flow;
import palomar.sieve.Host.LogLevel;
import palomar.sieve.Spec;
import palomar.sieve.Text;

/// A command that writes a line into the user's log.
///
/// @param name the capability
/// @param command that it adds
public record LogExtension(String name, String command) implements Extension {
    public static final LogExtension DEBUG = new LogExtension("vnd.dovecot.debug", "debug_log");
    public static final LogExtension CYRUS = new LogExtension("vnd.cyrus.log", "log");

    private static final String TEXT = "message";

    @Override
    public void declare(Declarations declarations) {
        declarations.command(Spec.of(command).string(TEXT).saying(call -> "write a line into the log"), arguments -> {
            Text text = arguments.string(TEXT);
            return run -> {
                run.host().log(LogLevel.INFO, text.value(run));
                return Flow.NEXT;
            };
        });
    }
}
