package palomar.event;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.LoggerFactory;

/// Brings what libraries say through SLF4J into our events, as `library.<logger>`.
///
/// Logback finds this class through its service file, so that it reads no XML; it is loaded only when a library
/// asks for its first logger. Until [#to] was called, and below WARN, libraries are not heard.
public final class LibraryLog extends ContextAwareBase implements Configurator {
    private static volatile Event target = Event.SILENT;

    /// Where library events go from now on; once a process, by the house.
    public static void to(Event event) {
        target = event;
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        Forward forward = new Forward();
        forward.setContext(context);
        forward.setName("palomar");
        forward.start();
        ch.qos.logback.classic.Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(ch.qos.logback.classic.Level.WARN);
        root.addAppender(forward);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /// A logger for tests of the bridge.
    static org.slf4j.Logger logger(String name) {
        return LoggerFactory.getLogger(name);
    }

    private static final class Forward extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            String name = "library." + event.getLoggerName();
            Throwable cause = event.getThrowableProxy() instanceof ThrowableProxy proxy ? proxy.getThrowable() : null;
            if (event.getLevel().isGreaterOrEqual(ch.qos.logback.classic.Level.ERROR)) {
                target.error(name, event.getFormattedMessage(), cause);
            } else if (cause == null) {
                target.warn(name, event.getFormattedMessage());
            } else {
                target.warn(name, event.getFormattedMessage(), "cause", cause);
            }
        }
    }
}
