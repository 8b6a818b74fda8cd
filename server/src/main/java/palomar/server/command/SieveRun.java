package palomar.server.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import palomar.bytes.ByteSource;
import palomar.bytes.CrlfSource;
import palomar.delivery.sieve.Allowance;
import palomar.delivery.sieve.Letter;
import palomar.delivery.sieve.Memory;
import palomar.delivery.sieve.Person;
import palomar.delivery.sieve.Programs;
import palomar.delivery.sieve.Surroundings;
import palomar.delivery.sieve.UserHost;
import palomar.event.Event;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.message.edit.EditedMessage;
import palomar.message.edit.Field;
import palomar.message.edit.FieldName;
import palomar.message.edit.MailAddress;
import palomar.server.ExitCode;
import palomar.server.Terminal;
import palomar.sieve.Envelope;
import palomar.sieve.Limits;
import palomar.sieve.Program;
import palomar.sieve.Result;
import palomar.sieve.Run;
import palomar.sieve.Settings;
import palomar.sieve.SieveFault;
import palomar.sieve.TextTracer;
import palomar.storage.Storage;
import palomar.storage.UserMail;
import palomar.storage.memory.MemoryStorage;

/// Runs a script on one message and carries nothing out. Mailboxes are those of a user without mail, who has only
/// INBOX and the one that is named.
record SieveRun(Terminal terminal) {
    private static final String HOST = "localhost";

    /// @param mailbox where the message is kept; empty: INBOX
    /// @param from sender of the envelope; empty: as the message says
    /// @param to its recipient; likewise
    record Wanted(
            Path script,
            ByteSource message,
            boolean trace,
            Optional<String> mailbox,
            Optional<String> from,
            Optional<String> to) {}

    int run(Wanted wanted) throws IOException {
        Optional<Program> program = new SieveFiles(terminal)
                .compile(wanted.script(), terminal.err())
                .program();
        if (program.isEmpty()) {
            return ExitCode.DATA.number();
        }
        Clock clock = Clock.systemDefaultZone();
        try (Storage storage = new MemoryStorage(clock, new SplittableRandom());
                UserMail mail = storage.open(System.getProperty("user.name", "nobody"))) {
            return run(wanted, program.get(), clock, storage, person(mail, wanted));
        }
    }

    private static Person person(UserMail mail, Wanted wanted) {
        Person usual = Person.of(mail, Optional.empty(), Settings.NONE);
        if (wanted.mailbox().isEmpty()) {
            return usual;
        }
        MailboxName name = MailboxName.of(wanted.mailbox().get());
        if (mail.find(name).isEmpty()) {
            mail.create(name, Set.of());
        }
        return new Person(
                mail,
                usual.mainAddress(),
                usual.separator(),
                name,
                usual.autocreate(),
                usual.autosubscribe(),
                usual.settings(),
                usual.lists());
    }

    private int run(Wanted wanted, Program program, Clock clock, Storage storage, Person person) throws IOException {
        PrintStream out = terminal.out();
        EditedMessage message = EditedMessage.of(CrlfSource.of(wanted.message()));
        Envelope envelope = Envelope.of(
                wanted.from().orElseGet(() -> address(message, "Return-Path", "Sender", "From")),
                wanted.to().orElseGet(() -> address(message, "Delivered-To", "Envelope-To", "To")));
        Surroundings around = new Surroundings(
                storage::stage,
                sent -> {
                    throw new MailException(MailError.CANNOT, "nothing is sent");
                },
                Programs.NONE,
                clock,
                clock.getZone(),
                new SplittableRandom(),
                HOST,
                "postmaster@" + HOST,
                Allowance.UNLIMITED,
                Event.SILENT);
        UserHost host = new UserHost(
                person,
                Letter.of(wanted.message(), envelope, clock.instant()),
                around,
                Memory.NONE,
                (own, name) -> Optional.empty(),
                (level, text) -> out.println("log: " + text));
        Result result = new Result();
        Run run = new Run(
                message, envelope, host, Limits.USUAL, result, wanted.trace() ? new TextTracer(out::println) : null);
        ExitCode code = ExitCode.OK;
        try {
            run.execute(program);
        } catch (SieveFault fault) {
            terminal.err().println(wanted.script() + ":" + fault.at() + ": error: " + fault.getMessage());
            result.restoreImplicitKeep();
            code = ExitCode.DATA;
        }
        tell(out, result, person.keepIn());
        return code.number();
    }

    private static void tell(PrintStream out, Result result, MailboxName keepIn) {
        out.println("Result, not carried out:");
        result.actions().forEach(action -> out.println("  " + TextTracer.described(action)));
        if (result.implicitKeep()) {
            String flags = result.implicitKeepFlags()
                    .map(words -> ", flags " + String.join(" ", words))
                    .orElse("");
            out.println("  keep in " + keepIn + flags + " (nothing has cancelled the implicit keep)");
        }
    }

    private static String address(EditedMessage message, String... names) {
        for (String name : names) {
            Optional<Field> field = message.header().first(FieldName.of(name));
            if (field.isPresent() && !field.get().addresses().isEmpty()) {
                MailAddress first = field.get().addresses().getFirst();
                return first.written();
            }
        }
        return "";
    }
}
