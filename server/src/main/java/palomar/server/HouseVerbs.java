package palomar.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import palomar.admin.ControlFailure;
import palomar.admin.ControlIntake;
import palomar.admin.ControlReply;
import palomar.admin.ControlVerb;
import palomar.delivery.LdaExit;
import palomar.delivery.LdaRequest;
import palomar.event.Event;
import palomar.mail.MailException;
import palomar.net.ConnectionFacts;
import palomar.net.Listener;
import palomar.storage.loft.v1.ExportFormat;

/// What an operator can ask of the running house over the control socket.
final class HouseVerbs {
    private final House house;
    private final ScriptVerbs scripts;

    HouseVerbs(House house) {
        this.house = house;
        this.scripts = new ScriptVerbs(house.scriptWork());
    }

    Map<String, ControlVerb> all() {
        Map<String, ControlVerb> all = new HashMap<>(new QueueVerbs(house.outbox()).all());
        all.putAll(scripts.verbs());
        all.putAll(Map.ofEntries(
                Map.entry("status", (arguments, reply) -> status(reply)),
                Map.entry("reload", (arguments, reply) -> reload(reply)),
                Map.entry("stop", (arguments, reply) -> stop(reply)),
                Map.entry("who", (arguments, reply) -> who(reply)),
                Map.entry("kick", this::kick),
                Map.entry("log", this::log),
                Map.entry("loft-verify", (arguments, reply) -> loft(reply, LoftWork::verify)),
                Map.entry("loft-stats", (arguments, reply) -> loft(reply, LoftWork::stats)),
                Map.entry("loft-compact", (arguments, reply) -> loft(reply, LoftWork::compact)),
                Map.entry("loft-export", this::export),
                Map.entry("sieve-filter", (arguments, reply) -> FilterWork.answer(house, arguments, reply::line))));
        return all;
    }

    /// What comes with content.
    Map<String, ControlIntake> intakes() {
        Map<String, ControlIntake> intakes = new HashMap<>(scripts.intakes());
        intakes.put("deliver", this::deliver);
        intakes.put("queue-add", new QueueVerbs(house.outbox())::add);
        return intakes;
    }

    private void loft(ControlReply reply, LoftWork.Work work) {
        try {
            ExitCode outcome = work.with(new LoftWork(house.loft(), reply::line));
            if (outcome != ExitCode.OK) {
                throw new ControlFailure(outcome.number(), "the store has damage");
            }
        } catch (MailException refused) {
            throw new ControlFailure(ExitCode.of(refused.kind()).number(), refused.getMessage());
        } catch (IOException failed) {
            throw new ControlFailure(ExitCode.IO_ERROR.number(), IoText.of(failed));
        }
    }

    private void export(List<String> arguments, ControlReply reply) {
        if (arguments.size() != 3) {
            throw new ControlFailure(ExitCode.USAGE.number(), "export needs a user, a format and a folder");
        }
        ExportFormat format = ExportFormat.valueOf(arguments.get(1).toUpperCase(Locale.ROOT));
        Path target = Path.of(arguments.get(2));
        loft(reply, loft -> loft.export(arguments.getFirst(), format, target));
    }

    private void status(ControlReply reply) {
        reply.line("palomar " + Version.number() + ", process "
                + ProcessHandle.current().pid());
        reply.line("sessions: " + house.network().count());
        reply.line("outgoing mail that waits: " + house.outbox().size());
        house.outbox().trouble().ifPresent(why -> reply.line("relay: " + why));
        for (Listener listener : house.listeners()) {
            reply.line("listening: " + Listeners.name(listener.settings()) + " " + listener.endpoint());
        }
    }

    /// As `palomar deliver` does it while no server runs; see [LdaRequest#words].
    private void deliver(List<String> words, InputStream message) throws IOException {
        LdaRequest request = LdaRequest.ofWords(words)
                .orElseThrow(() -> new ControlFailure(ExitCode.USAGE.number(), "no request for a delivery"));
        List<String> complaints = new ArrayList<>();
        LdaExit exit = house.lda().deliver(request, message, complaints::add);
        if (exit != LdaExit.OK) {
            throw new ControlFailure(exit.code(), String.join("; ", complaints));
        }
    }

    private void reload(ControlReply reply) {
        try {
            house.reload().forEach(reply::line);
        } catch (Refused refused) {
            throw new ControlFailure(
                    refused.code().number(),
                    "not reloaded, the old configuration stays in force: " + refused.getMessage());
        }
    }

    private void stop(ControlReply reply) {
        reply.line("stopping; sessions: " + house.network().count());
        house.askToStop();
    }

    private void who(ControlReply reply) {
        List<ConnectionFacts> all = house.network().connections();
        if (all.isEmpty()) {
            reply.line("nobody");
            return;
        }
        reply.line("session      protocol  user              state         since                 from");
        all.stream().sorted(Comparator.comparing(ConnectionFacts::since)).forEach(facts -> reply.line(row(facts)));
    }

    private static String row(ConnectionFacts facts) {
        String peer = facts.peer() instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : "unix";
        return pad(facts.id(), 13)
                + pad(facts.protocol() + (facts.secured() ? "+tls" : ""), 10)
                + pad(facts.user().isEmpty() ? "-" : facts.user(), 18)
                + pad((facts.state().isEmpty() ? "-" : facts.state()) + (facts.idle() ? "" : "*"), 14)
                + pad(facts.since().truncatedTo(ChronoUnit.SECONDS).toString(), 22)
                + peer;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    private void kick(List<String> arguments, ControlReply reply) {
        String whom = arguments.isEmpty() ? "" : arguments.getFirst();
        if (whom.isEmpty()) {
            throw new ControlFailure(ExitCode.USAGE.number(), "kick whom? A user or the id of a session");
        }
        int kicked = house.network().kick(whom) ? 1 : house.network().kickUser(whom);
        if (kicked == 0) {
            throw new ControlFailure(ExitCode.NO_USER.number(), "no session of \"" + whom + "\"");
        }
        reply.line(kicked == 1 ? "1 session ended" : kicked + " sessions ended");
    }

    private void log(List<String> arguments, ControlReply reply) {
        String word = arguments.isEmpty() ? "" : arguments.getFirst().toUpperCase(Locale.ROOT);
        String name = arguments.size() < 2 ? "" : arguments.get(1);
        try {
            Event.Level level = Event.Level.valueOf(word);
            house.log().levels(house.log().levels().with(name, level));
            reply.line("log levels: " + house.log().levels());
        } catch (IllegalArgumentException unknown) {
            throw new ControlFailure(ExitCode.USAGE.number(), "a level is debug, info, warn or error");
        }
    }
}
