package palomar.sieve.ext.snooze;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import palomar.sieve.Action;
import palomar.sieve.Arguments;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Flow;
import palomar.sieve.MailboxNames;
import palomar.sieve.Run;
import palomar.sieve.Spec;
import palomar.sieve.Statement;
import palomar.sieve.Tag;
import palomar.sieve.Text;
import palomar.sieve.Texts;

/// `snooze`: draft-ietf-extra-sieve-snooze-06 4. The message waits in the mailbox for `\Snoozed` messages.
public final class SnoozeExtension implements Extension {
    private static final List<Integer> EVERY_DAY = List.of(0, 1, 2, 3, 4, 5, 6);

    @Override
    public String name() {
        return "snooze";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.command(
                Spec.of("snooze")
                        .tag(Tag.of("mailbox").string())
                        .tag(needing("mailboxid", "mailboxid").string())
                        .tag(needing("specialuse", "special-use").string())
                        .tag(needing("create", "mailbox"))
                        .tag(needing("addflags", "imap4flags").strings())
                        .tag(needing("removeflags", "imap4flags").strings())
                        .tag(Tag.of("weekdays").strings())
                        .tag(Tag.of("tzid").string())
                        .strings("times"),
                SnoozeExtension::compile);
    }

    /// A tag that only scripts with another extension may use.
    private static Tag needing(String tag, String extension) {
        return Tag.of(tag).compile(use -> {
            if (!use.scope().requires(extension)) {
                use.error("unknown tagged argument ':" + tag + "' for the "
                        + use.call().label() + ": it needs the '" + extension + "' extension");
            }
            return extension;
        });
    }

    private static Statement compile(Arguments arguments) {
        if (arguments.has(":mailbox")) {
            MailboxNames.check(arguments, ":mailbox");
        }
        check(arguments, "times", text -> time(text).isPresent(), "a time of day like 07:30:00");
        if (arguments.has(":weekdays")) {
            check(arguments, ":weekdays", text -> weekday(text).isPresent(), "0 (Sunday) to 6 (Saturday)");
        }
        if (arguments.has(":tzid")) {
            check(arguments, ":tzid", SnoozeExtension::isZone, "a time zone like Europe/Berlin");
        }
        return new Snoozing(
                arguments.strings("times"),
                list(arguments, ":weekdays"),
                optional(arguments, ":tzid"),
                optional(arguments, ":mailbox"),
                optional(arguments, ":mailboxid"),
                optional(arguments, ":specialuse"),
                arguments.has(":create"),
                list(arguments, ":addflags"),
                list(arguments, ":removeflags"));
    }

    private interface Check {
        boolean fits(String text);
    }

    private static void check(Arguments arguments, String argument, Check check, String expected) {
        for (Text each : arguments.strings(argument).list()) {
            each.constant()
                    .filter(text -> !check.fits(text))
                    .ifPresent(text -> arguments
                            .scope()
                            .error(
                                    each.at(),
                                    "invalid value '" + text + "' for the " + arguments.label() + ": expected "
                                            + expected));
        }
    }

    private static Optional<Text> optional(Arguments arguments, String tag) {
        return arguments.has(tag) ? Optional.of(arguments.string(tag)) : Optional.empty();
    }

    private static Texts list(Arguments arguments, String tag) {
        return arguments.has(tag) ? arguments.strings(tag) : new Texts(List.of());
    }

    /// Seconds since midnight of `hh:mm:ss` or `hh:mm`.
    private static OptionalInt time(String text) {
        boolean seconds = text.length() == 8;
        if (!seconds && text.length() != 5) {
            return OptionalInt.empty();
        }
        int hour = two(text, 0);
        int minute = text.charAt(2) == ':' ? two(text, 3) : -1;
        int second = !seconds ? 0 : text.charAt(5) == ':' ? two(text, 6) : -1;
        boolean valid = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
        return valid ? OptionalInt.of(hour * 3600 + minute * 60 + second) : OptionalInt.empty();
    }

    private static int two(String text, int at) {
        int tens = Character.digit(text.charAt(at), 10);
        int ones = Character.digit(text.charAt(at + 1), 10);
        return tens < 0 || ones < 0 ? -1 : tens * 10 + ones;
    }

    private static OptionalInt weekday(String text) {
        return text.length() == 1 && text.charAt(0) >= '0' && text.charAt(0) <= '6'
                ? OptionalInt.of(text.charAt(0) - '0')
                : OptionalInt.empty();
    }

    private static boolean isZone(String name) {
        try {
            ZoneId.of(name);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private record Snoozing(
            Texts times,
            Texts weekdays,
            Optional<Text> zone,
            Optional<Text> mailbox,
            Optional<Text> mailboxId,
            Optional<Text> specialUse,
            boolean create,
            Texts addFlags,
            Texts removeFlags)
            implements Statement {

        @Override
        public Flow execute(Run run) throws IOException {
            if (run.result().actions().stream().anyMatch(Action.Snooze.class::isInstance)) {
                throw run.fault("duplicate snooze action: a message can be snoozed once only");
            }
            Optional<String> where = value(zone, run);
            if (where.isPresent() && !isZone(where.get())) {
                throw run.fault("invalid time zone '" + where.get() + "' for the snooze command");
            }
            run.act(new Action.Snooze(
                    mailbox.isPresent() ? Optional.of(MailboxNames.value(run, mailbox.get())) : Optional.empty(),
                    value(mailboxId, run),
                    value(specialUse, run),
                    create,
                    List.copyOf(addFlags.values(run)),
                    List.copyOf(removeFlags.values(run)),
                    days(run),
                    seconds(run),
                    where,
                    run.message().version()));
            return Flow.NEXT;
        }

        private List<Integer> days(Run run) {
            TreeSet<Integer> days = new TreeSet<>();
            for (String text : weekdays.values(run)) {
                days.add(weekday(text).orElseThrow(() -> run.fault("invalid weekday '" + text + "'")));
            }
            return days.isEmpty() ? EVERY_DAY : List.copyOf(days);
        }

        private List<Integer> seconds(Run run) {
            TreeSet<Integer> seconds = new TreeSet<>();
            for (String text : times.values(run)) {
                seconds.add(time(text).orElseThrow(() -> run.fault("invalid time of day '" + text + "'")));
            }
            return new ArrayList<>(seconds);
        }

        private static Optional<String> value(Optional<Text> text, Run run) {
            return text.isPresent() ? Optional.of(text.get().value(run)) : Optional.empty();
        }
    }
}
