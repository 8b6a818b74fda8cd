package palomar.server.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import palomar.admin.ControlClient;
import palomar.server.ExitCode;
import palomar.server.LoftWork;
import palomar.server.Plan;
import palomar.server.Terminal;
import palomar.storage.loft.v1.ExportFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "loft",
        header = "Looks after the mail store: verify, rebuild, restored, export, stats, compact.",
        description = "Works through the running server, or on the data directory when none runs. Ends with 65 when"
                + " damage was found.")
final class LoftCommand extends Helped implements Callable<Integer> {
    private final Terminal terminal;

    LoftCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        spec().commandLine().usage(terminal.err());
        return ExitCode.USAGE.number();
    }

    @Command(
            name = "verify",
            header = "Reads every frame, mailbox and message, and names what is damaged.",
            description = "Changes nothing. Ends with 65 when something is damaged, else with 0.")
    int verify(@Mixin ServerOption server, @Mixin HelpOption help) throws IOException {
        ControlClient control = server.control();
        if (control.serverIsThere()) {
            return run(server, LoftWork::verify, "loft-verify");
        }
        return LoftWork.verifyOffline(plan(server), printer()).number();
    }

    @Command(
            name = "stats",
            header = "Shows what the store consists of, shard by shard.",
            description = "Changes nothing.")
    int stats(@Mixin ServerOption server, @Mixin HelpOption help) throws IOException {
        return look(server, LoftWork::stats, "loft-stats");
    }

    @Command(
            name = "compact",
            header = "Frees the space of expunged mail now.",
            description = "The server does it by itself, slowly, when half of a segment is dead.")
    int compact(@Mixin ServerOption server, @Mixin HelpOption help) throws IOException {
        return run(server, LoftWork::compact, "loft-compact");
    }

    @Command(
            name = "export",
            header = "Writes mailboxes as mbox files or Maildir trees.",
            description =
                    "UIDs, flags, keywords and dates are kept, in the form of each format. Annotations come beside,"
                            + " in palomar-annotations (mbox: .palomar-annotations).")
    int export(
            @Option(
                            names = "--user",
                            paramLabel = "NAME",
                            description = "Whose mail. Default: everybody's, each in a folder of his name.")
                    @Nullable
                    String user,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            defaultValue = "maildir",
                            description = "mbox or maildir. Default: maildir.")
                    ExportFormat format,
            @Option(
                            names = "--output",
                            required = true,
                            paramLabel = "DIR",
                            description = "The folder to write into; made when missing.")
                    Path output,
            @Mixin ServerOption server,
            @Mixin HelpOption help)
            throws IOException {
        String who = user == null ? "" : user;
        Path target = output.toAbsolutePath().normalize();
        String word = format.name().toLowerCase(Locale.ROOT);
        return look(server, loft -> loft.export(who, format, target), "loft-export", who, word, target.toString());
    }

    @Command(
            name = "rebuild",
            header = "Makes all indexes anew from the log.",
            description = "Only while the server does not run. Nothing is lost: everything durable is in the log.")
    int rebuild(@Mixin ServerOption server, @Mixin HelpOption help) throws IOException {
        return LoftWork.rebuild(plan(server), Clock.systemUTC(), printer()).number();
    }

    @Command(
            name = "restored",
            header = "Makes an older copy of the store safe to serve.",
            description = "Once, after a backup was put back and before the server starts: UIDs and mod-sequences that"
                    + " were given after the backup are never given again, and clients compare all their flags.")
    int restored(@Mixin ServerOption server, @Mixin HelpOption help) throws IOException {
        return LoftWork.offline(plan(server), Clock.systemUTC(), printer(), LoftWork::restored)
                .number();
    }

    private Consumer<String> printer() {
        return terminal.out()::println;
    }

    private int run(ServerOption server, LoftWork.Work work, String verb, String... arguments) throws IOException {
        ControlClient control = server.control();
        if (control.serverIsThere()) {
            control.call(printer(), verb, arguments);
            return ExitCode.OK.number();
        }
        return LoftWork.offline(plan(server), Clock.systemUTC(), printer(), work)
                .number();
    }

    /// Offline it changes nothing.
    private int look(ServerOption server, LoftWork.Work work, String verb, String... arguments) throws IOException {
        if (server.control().serverIsThere()) {
            return run(server, work, verb, arguments);
        }
        return LoftWork.look(plan(server), Clock.systemUTC(), printer(), work).number();
    }

    /// A data directory without a configuration is taken with the usual settings.
    private static Plan plan(ServerOption server) {
        return server.configured()
                .map(settings -> new Plan(settings, Optional.empty(), false))
                .orElseGet(() -> Plan.demo(server.dataFolder(), -1));
    }
}
