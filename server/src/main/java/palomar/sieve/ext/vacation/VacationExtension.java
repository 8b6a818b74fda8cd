package palomar.sieve.ext.vacation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import palomar.message.AddrSpec;
import palomar.sieve.Action;
import palomar.sieve.Addresses;
import palomar.sieve.Arguments;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Flow;
import palomar.sieve.Run;
import palomar.sieve.Settings;
import palomar.sieve.Spec;
import palomar.sieve.Statement;
import palomar.sieve.Tag;
import palomar.sieve.Text;
import palomar.sieve.Texts;
import palomar.sieve.ext.fcc.FccMaker;
import palomar.sieve.ext.imapsieve.ImapSieveExtension;

/// RFC 5230
public final class VacationExtension implements Extension {
    private static final long DAY = 86_400;

    @Override
    public String name() {
        return "vacation";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.whenRequired(ImapSieveExtension::check);
        declarations.command(
                Spec.of("vacation")
                        .tag(Tag.of("days").number().group("period"))
                        .tag(Tag.of("subject").string())
                        .tag(Tag.of("from").string())
                        .tag(Tag.of("addresses").strings())
                        .tag(Tag.of("mime"))
                        .tag(Tag.of("handle").string())
                        .string("reason"),
                VacationExtension::compile);
    }

    private static Statement compile(Arguments arguments) {
        checkFrom(arguments);
        checkAddresses(arguments);
        Reply reply = new Reply(
                arguments.string("reason"),
                arguments.has(":mime"),
                period(arguments),
                optional(arguments, ":handle"),
                Handle.of(arguments.call()),
                optional(arguments, ":subject"),
                optional(arguments, ":from"),
                arguments.has(":addresses") ? arguments.strings(":addresses") : new Texts(List.of()),
                arguments.all(FccMaker.class).stream().findFirst());
        return reply;
    }

    private static Optional<Text> optional(Arguments arguments, String tag) {
        return arguments.has(tag) ? Optional.of(arguments.string(tag)) : Optional.empty();
    }

    /// In seconds; negative: the script does not say.
    private static long period(Arguments arguments) {
        if (arguments.has(":days")) {
            return Math.min(arguments.number(":days"), Integer.MAX_VALUE) * DAY;
        }
        return arguments.has(":seconds") ? arguments.number(":seconds") : -1;
    }

    private static void checkFrom(Arguments arguments) {
        if (arguments.has(":from")) {
            arguments
                    .string(":from")
                    .constant()
                    .filter(text -> AddrSpec.mailboxes(text).isEmpty())
                    .ifPresent(text -> arguments.error(
                            ":from",
                            "invalid address '" + text + "' for the :from tag of the vacation command: expected a"
                                    + " mailbox like name@example.org"));
        }
    }

    private static void checkAddresses(Arguments arguments) {
        if (!arguments.has(":addresses")) {
            return;
        }
        for (Text each : arguments.strings(":addresses").list()) {
            each.constant()
                    .filter(text -> Addresses.parse(text).isEmpty())
                    .ifPresent(text -> arguments
                            .scope()
                            .error(
                                    each.at(),
                                    "invalid address '" + text + "' for the :addresses tag of the vacation command:"
                                            + " expected local-part@domain"));
        }
    }

    /// The reply that this run has put into its result. RFC 5230 4.7
    private static final class Once {
        private Optional<Action> reply = Optional.empty();
    }

    private static Optional<Action> reply(Run run) {
        return run.result().actions().stream()
                .filter(Action.Vacation.class::isInstance)
                .findFirst();
    }

    private record Reply(
            Text reason,
            boolean mime,
            long period,
            Optional<Text> handle,
            String made,
            Optional<Text> subject,
            Optional<Text> from,
            Texts addresses,
            Optional<FccMaker> fcc)
            implements Statement {

        @Override
        public Flow execute(Run run) throws IOException {
            Once once = run.state(Once.class, Once::new);
            Optional<Action> there = VacationExtension.reply(run);
            if (there.isPresent() && once.reply.isPresent() && there.get() == once.reply.get()) {
                throw run.fault("duplicate vacation action: a script may reply once only");
            }
            if (there.isPresent()) {
                return Flow.NEXT; // a script before this one replies
            }
            run.act(new Action.Vacation(
                    reason.value(run),
                    mime,
                    seconds(run.settings()),
                    handle.isPresent() ? "handle:" + handle.get().value(run) : made,
                    value(subject, run),
                    value(from, run).filter(text -> AddrSpec.mailboxes(text).isPresent()),
                    bare(run),
                    run.message().version(),
                    fcc.isPresent() ? Optional.of(fcc.get().make(run)) : Optional.empty()));
            once.reply = VacationExtension.reply(run);
            return Flow.NEXT;
        }

        /// RFC 5230 4.1, RFC 6131 2
        private long seconds(Settings settings) {
            long least = settings.seconds("sieve_vacation_min_period", DAY);
            long most = settings.seconds("sieve_vacation_max_period", 0);
            long wanted = period >= 0 ? period : settings.seconds("sieve_vacation_default_period", 7 * DAY);
            long enough = Math.max(least, wanted);
            return most > 0 ? Math.min(enough, Math.max(least, most)) : enough;
        }

        private List<String> bare(Run run) {
            List<String> list = new ArrayList<>();
            addresses.values(run).forEach(text -> Addresses.parse(text).ifPresent(list::add));
            return List.copyOf(list);
        }

        private static Optional<String> value(Optional<Text> text, Run run) {
            return text.isPresent() ? Optional.of(text.get().value(run)) : Optional.empty();
        }
    }
}
