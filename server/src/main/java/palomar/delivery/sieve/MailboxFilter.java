package palomar.delivery.sieve;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import palomar.bytes.ByteSource;
import palomar.mail.Flags;
import palomar.mail.MailException;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.message.edit.EditedMessage;
import palomar.message.edit.Field;
import palomar.message.edit.FieldName;
import palomar.message.edit.MessageVersion;
import palomar.sieve.Action;
import palomar.sieve.Envelope;
import palomar.sieve.Host;
import palomar.sieve.Limits;
import palomar.sieve.Program;
import palomar.sieve.Result;
import palomar.sieve.Run;
import palomar.sieve.SieveFault;
import palomar.sieve.TextTracer;
import palomar.sieve.ext.imap4flags.FlagVariable;
import palomar.storage.FlagChange;
import palomar.storage.Mailbox;
import palomar.storage.MailboxView;
import palomar.storage.MessageCursor;
import palomar.storage.NamedValues;
import palomar.storage.Staging;
import palomar.storage.UserMail.Entry;

/// Runs a script over mail that is already in a mailbox. What it keeps stays where it is, what it files elsewhere
/// is moved or copied with flags and dates, what it discards is removed. Nothing is sent: redirects, replies and
/// notifications are named and left undone. One thread.
public final class MailboxFilter {
    private final Person person;
    private final Surroundings around;
    private final Program program;
    private final Limits limits;
    private final Consumer<String> out;
    private final MailboxChoice choice;

    /// @param out takes a line for each message, and for each thing that is done with it
    public MailboxFilter(Person person, Surroundings around, Program program, Limits limits, Consumer<String> out) {
        this.person = person;
        this.around = around;
        this.program = program;
        this.limits = limits;
        this.out = out;
        this.choice = new MailboxChoice(person);
    }

    /// What became of the messages.
    ///
    /// @param touched moved, copied, changed or removed; without `execute`: that would be
    /// @param failed left as they were
    public record Tally(int seen, int touched, int failed) {}

    /// @param execute else nothing is changed
    /// @throws IOException a message can't be read
    public Tally run(Entry mailbox, boolean execute) throws IOException {
        int touched = 0;
        int failed = 0;
        try (Mailbox box = person.mail().open(mailbox.id())) {
            MailboxView view = box.view();
            box.hold(view);
            for (int seq = 1; seq <= view.count(); seq++) {
                Optional<Boolean> changed = one(box, mailbox, view.uid(seq), execute);
                failed += changed.isEmpty() ? 1 : 0;
                touched += changed.orElse(false) ? 1 : 0;
            }
            return new Tally(view.count(), touched, failed);
        }
    }

    /// Whether the message was touched; empty: the script or an action failed.
    private Optional<Boolean> one(Mailbox box, Entry mailbox, long uid, boolean execute) throws IOException {
        ByteSource content;
        List<String> flags;
        try (MessageCursor cursor = box.cursor()) {
            if (!cursor.seek(uid) || cursor.expunged()) {
                return Optional.of(false);
            }
            content = cursor.content();
            flags = FlagWords.words(box, cursor);
        }
        EditedMessage message = EditedMessage.of(content);
        Result result = new Result();
        out.accept("message " + uid + ": " + subject(message));
        try {
            run(message, content, flags, result);
            List<Step> steps = steps(result, message, mailbox);
            steps.forEach(step -> out.accept("  " + step.words()));
            boolean touches = steps.stream().anyMatch(Step::touches);
            if (execute && touches) {
                perform(box, uid, steps);
            }
            return Optional.of(touches);
        } catch (SieveFault fault) {
            out.accept("  left as it is: line " + fault.at().line() + ": " + fault.getMessage());
        } catch (ActionFailure | MailException failure) {
            out.accept("  left as it is: " + failure.getMessage());
        }
        return Optional.empty();
    }

    private void run(EditedMessage message, ByteSource content, List<String> flags, Result result) throws IOException {
        Envelope envelope = StoredRun.envelope(message, person);
        Letter letter = Letter.of(content, envelope, around.clock().instant());
        Host host = new UserHost(
                person,
                letter,
                around,
                Memory.NONE,
                (own, name) -> Optional.empty(),
                (level, text) -> out.accept("  log: " + text));
        Run run = new Run(message, envelope, host, limits, result, null);
        FlagVariable variable = new FlagVariable(() -> flags);
        run.state(FlagVariable.class, () -> variable);
        run.execute(program);
    }

    private static String subject(EditedMessage message) {
        String subject =
                message.header().first(FieldName.of("Subject")).map(Field::text).orElse("");
        String clean = subject.codePoints()
                .filter(c -> !Character.isISOControl(c))
                .limit(70)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return clean.isEmpty() ? "(no subject)" : clean;
    }

    /// One thing to do with a message.
    ///
    /// @param touches anything is changed by it
    private record Step(
            Kind kind,
            Optional<MailboxChoice.Wanted> target,
            Optional<MessageVersion> edited,
            Flags flags,
            boolean setFlags,
            String words) {
        boolean touches() {
            return kind != Kind.STAY || setFlags || edited.isPresent();
        }

        enum Kind {
            STAY,
            COPY,
            REMOVE
        }
    }

    private List<Step> steps(Result result, EditedMessage message, Entry mailbox) throws IOException {
        List<Step> steps = new ArrayList<>();
        boolean stays = result.implicitKeep();
        if (stays) {
            steps.add(stay(message.version(), result.implicitKeepFlags()));
        }
        for (Action action : result.actions()) {
            switch (action) {
                case Action.Keep keep -> {
                    stays = true;
                    steps.add(stay(keep.message(), keep.flags()));
                }
                case Action.FileInto filed
                when MailboxChoice.names(person, filed, mailbox) -> {
                    stays = true;
                    steps.add(stay(filed.message(), filed.flags()));
                }
                case Action.FileInto filed -> steps.add(copy(filed));
                case Action.Discard _ -> {}
                case Action.Redirect _,
                        Action.Reject _,
                        Action.Vacation _,
                        Action.Notify _,
                        Action.Report _,
                        Action.Pipe _,
                        Action.MarkDuplicate _,
                        Action.Snooze _ -> {
                    stays |= !(action instanceof Action.MarkDuplicate) && !result.implicitKeep();
                    out.accept("  not done with stored mail: " + TextTracer.described(action));
                }
            }
        }
        if (!stays) {
            steps.add(new Step(
                    Step.Kind.REMOVE, Optional.empty(), Optional.empty(), Flags.NONE, false, "remove it from here"));
        }
        return steps;
    }

    private static Step stay(MessageVersion version, Optional<List<String>> flags) {
        return new Step(
                Step.Kind.STAY,
                Optional.empty(),
                edited(version),
                FlagWords.of(flags),
                flags.isPresent(),
                "leave it" + (version.isOriginal() ? "" : ", with its header edited")
                        + flags.map(words -> ", with flags " + words).orElse(""));
    }

    private static Step copy(Action.FileInto filed) {
        MailboxChoice.Wanted wanted =
                new MailboxChoice.Wanted(filed.mailbox(), filed.create(), filed.specialUse(), filed.mailboxId());
        return new Step(
                Step.Kind.COPY,
                Optional.of(wanted),
                edited(filed.message()),
                FlagWords.of(filed.flags()),
                filed.flags().isPresent(),
                TextTracer.described(filed));
    }

    private static Optional<MessageVersion> edited(MessageVersion version) {
        return version.isOriginal() ? Optional.empty() : Optional.of(version);
    }

    /// All copies first, so that a failure leaves the message here.
    private void perform(Mailbox box, long uid, List<Step> steps) throws ActionFailure, IOException {
        for (Step step : steps) {
            if (step.kind() == Step.Kind.COPY && step.target().isPresent()) {
                Entry target = choice.choose(step.target().get());
                try (Mailbox there = person.mail().open(target.id())) {
                    copy(box, uid, step, there);
                }
            }
        }
        for (Step step : steps) {
            if (step.kind() == Step.Kind.STAY && step.touches()) {
                change(box, uid, step);
                return;
            }
        }
        if (steps.stream().anyMatch(step -> step.kind() == Step.Kind.REMOVE)) {
            box.store(UidSet.of(uid), FlagChange.add(Flags.of(SystemFlags.DELETED)), -1);
            box.expunge(UidSet.of(uid));
        }
    }

    private void copy(Mailbox box, long uid, Step step, Mailbox target) throws IOException {
        if (step.edited().isPresent()) {
            append(box, uid, step, target, false);
            return;
        }
        UidSet copies = box.copy(UidSet.of(uid), target).target();
        if (step.setFlags()) {
            target.store(copies, FlagChange.replace(step.flags()), -1);
        }
    }

    private void change(Mailbox box, long uid, Step step) throws IOException {
        if (step.edited().isPresent()) {
            append(box, uid, step, box, true);
        } else {
            box.store(UidSet.of(uid), FlagChange.replace(step.flags()), -1);
        }
    }

    /// An edited message is another message, with the date of the one before.
    private void append(Mailbox box, long uid, Step step, Mailbox target, boolean instead) throws IOException {
        Instant date;
        Flags old;
        try (MessageCursor cursor = box.cursor()) {
            if (!cursor.seek(uid)) {
                return;
            }
            date = cursor.internalDate();
            old = FlagWords.of(Optional.of(FlagWords.words(box, cursor)));
        }
        Flags flags = step.setFlags() ? step.flags() : old;
        NamedValues annotations = box.annotations(uid);
        try (Staging staging = around.staging().get()) {
            ByteSource content = step.edited().orElseThrow().content();
            content.writeTo(staging, 0, content.size());
            Mailbox.NewMessage made = new Mailbox.NewMessage(staging.finish(), new byte[0], flags, date, annotations);
            if (instead) {
                box.replace(uid, made, target);
            } else {
                target.append(List.of(made));
            }
        }
    }
}
