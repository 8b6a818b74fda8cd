package palomar.sievetest;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.sieve.Arguments;
import palomar.sieve.Declarations;
import palomar.sieve.Envelope;
import palomar.sieve.Flow;
import palomar.sieve.Host.LogLevel;
import palomar.sieve.Run;
import palomar.sieve.Settings;
import palomar.sieve.Spec;
import palomar.sieve.Statement;
import palomar.sieve.Tag;
import palomar.sieve.Text;

/// `test_set` and the commands for settings.
final class SetCommands {
    private SetCommands() {}

    static void declare(Declarations declarations) {
        declarations.command(Spec.of("test_set").constant("object", false).string("value"), SetCommands::set);
        declarations.command(Spec.of("test_config_set").string("setting").string("value"), SetCommands::configSet);
        declarations.command(Spec.of("test_config_unset").string("setting"), SetCommands::configUnset);
        declarations.command(
                Spec.of("test_config_reload").tag(Tag.of("extension").string()), SetCommands::configReload);
    }

    /// One object that can be set.
    private interface Setter {
        void set(Run run, String value) throws IOException;
    }

    private static Statement set(Arguments arguments) {
        String object = arguments.string("object").constant().orElse("");
        Text value = arguments.string("value");
        Setter setter = setter(object);
        if (setter == null) {
            arguments.error(
                    "object",
                    "unknown object '" + object + "' for the test_set command: allowed are message, envelope.from,"
                            + " envelope.to, envelope.orig_to, envelope.auth");
            return Statement.NOTHING;
        }
        return run -> {
            setter.set(run, value.value(run));
            return Flow.NEXT;
        };
    }

    private static @Nullable Setter setter(String object) {
        return switch (object.toLowerCase(Locale.ROOT)) {
            case "message" -> (run, text) -> TestWorld.of(run).message(run, text);
            case "envelope.from" ->
                (run, text) -> {
                    Envelope old = run.envelope();
                    change(
                            run,
                            new Envelope(
                                    path(run, text, "from"),
                                    old.to(),
                                    old.originalTo(),
                                    old.authenticated(),
                                    old.dsn(),
                                    old.deliverBy()));
                };
            case "envelope.to" ->
                (run, text) -> {
                    Envelope old = run.envelope();
                    Optional<String> to = path(run, text, "to");
                    change(run, new Envelope(old.from(), to, to, old.authenticated(), old.dsn(), old.deliverBy()));
                };
            case "envelope.orig_to" ->
                (run, text) -> {
                    Envelope old = run.envelope();
                    change(
                            run,
                            new Envelope(
                                    old.from(),
                                    old.to(),
                                    path(run, text, "orig_to"),
                                    old.authenticated(),
                                    old.dsn(),
                                    old.deliverBy()));
                };
            case "envelope.auth" ->
                (run, text) -> {
                    Envelope old = run.envelope();
                    change(
                            run,
                            new Envelope(
                                    old.from(),
                                    old.to(),
                                    old.originalTo(),
                                    Optional.of(text),
                                    old.dsn(),
                                    old.deliverBy()));
                };
            default -> null;
        };
    }

    private static void change(Run run, Envelope envelope) {
        TestWorld.of(run).envelope(run, envelope);
    }

    private static Optional<String> path(Run run, String text, String part) {
        Optional<String> path = Optional.ofNullable(TestEnvelope.path(text));
        if (path.isEmpty()) {
            TestWorld.of(run).ownLog(LogLevel.ERROR, "invalid address '" + text + "' for envelope." + part);
        }
        return path;
    }

    private static Statement configSet(Arguments arguments) {
        Text setting = arguments.string("setting");
        Text value = arguments.string("value");
        return run -> {
            String name = setting.value(run);
            if (!KnownSettings.has(name)) {
                return TestBlock.failed(run, "unknown setting '" + name + "'");
            }
            TestWorld.of(run).settings().set(name, value.value(run));
            return Flow.NEXT;
        };
    }

    private static Statement configUnset(Arguments arguments) {
        Text setting = arguments.string("setting");
        return run -> {
            String name = setting.value(run);
            if (!KnownSettings.has(name)) {
                return TestBlock.failed(run, "unknown setting '" + name + "'");
            }
            TestWorld.of(run).settings().unset(name);
            return Flow.NEXT;
        };
    }

    private static Statement configReload(Arguments arguments) {
        Optional<Text> extension =
                arguments.has(":extension") ? Optional.of(arguments.string(":extension")) : Optional.empty();
        return run -> {
            TestWorld world = TestWorld.of(run);
            String name = extension.map(text -> text.value(run)).orElse("");
            if (!name.isEmpty() && !world.language().capabilities().contains(name)) {
                throw run.fault("unknown extension '" + name + "'");
            }
            try {
                world.settings().reload();
                run.limits(world.settings().limits());
            } catch (Settings.BadSetting bad) {
                throw run.fault(String.valueOf(bad.getMessage()));
            }
            return Flow.NEXT;
        };
    }
}
