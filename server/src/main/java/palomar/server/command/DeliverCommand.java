package palomar.server.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import palomar.admin.ControlFailure;
import palomar.delivery.LdaExit;
import palomar.delivery.LdaRequest;
import palomar.server.DataFolder;
import palomar.server.ExitCode;
import palomar.server.LocalDelivery;
import palomar.server.Plan;
import palomar.server.Refused;
import palomar.server.Terminal;
import palomar.smtp.proto.SmtpPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "deliver",
        header = "Delivers a message from standard input to a user.",
        description = "For an MTA's pipe transport. The message is on disk when this ends with 0; 75 means try again,"
                + " 67 no such user, 65 the message can't be taken. A running server is handed the message.")
final class DeliverCommand extends Helped implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOption server = new ServerOption();

    @Option(
            names = {"-u", "--user"},
            required = true,
            paramLabel = "USER",
            description = "Whose mail it is.")
    private String user = "";

    @Option(
            names = {"-m", "--mailbox"},
            paramLabel = "MAILBOX",
            description = "Where it goes when that mailbox exists; else INBOX.")
    private @Nullable String mailbox;

    @Option(names = "--from", paramLabel = "ADDRESS", description = "The envelope sender, for Return-Path.")
    private @Nullable String from;

    @Option(
            names = "--recipient",
            paramLabel = "ADDRESS",
            description = "The envelope recipient, for Delivered-To and against loops.")
    private @Nullable String recipient;

    DeliverCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        LdaRequest request = new LdaRequest(
                user, Optional.ofNullable(mailbox), address("--from", from), address("--recipient", recipient));
        refuseControls(user);
        refuseControls(request.mailbox().orElse(""));
        Consumer<String> complain = text -> terminal.err().println("palomar: " + text);
        LdaExit exit = DataFolder.isTaken(server.dataFolder()) ? handOver(request, complain) : store(request, complain);
        return exit.code();
    }

    private static void refuseControls(String name) {
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new Refused(ExitCode.USAGE, "a name with control characters is none");
        }
    }

    private static Optional<SmtpPath> address(String option, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        Optional<SmtpPath> address =
                text.isEmpty() || text.equals("<>") ? Optional.of(SmtpPath.NULL) : SmtpPath.parse(text);
        if (address.isEmpty()) {
            throw new Refused(ExitCode.USAGE, option + " is no address: " + text);
        }
        return address;
    }

    private LdaExit handOver(LdaRequest request, Consumer<String> complain) {
        try {
            server.control().call(complain, terminal.in(), "deliver", request.words());
            return LdaExit.OK;
        } catch (ControlFailure refused) {
            complain.accept(refused.text());
            return LdaExit.of(refused.exitCode());
        }
    }

    private LdaExit store(LdaRequest request, Consumer<String> complain) throws IOException {
        Path data = server.dataFolder();
        Plan plan = server.configured().map(c -> Plan.configured(c, data)).orElseGet(() -> Plan.demo(data, -1));
        return LocalDelivery.run(plan, Clock.systemUTC(), lda -> lda.deliver(request, terminal.in(), complain));
    }
}
