package palomar.delivery.sieve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import palomar.bytes.ByteSource;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.message.edit.EditedMessage;
import palomar.message.edit.MessageVersion;
import palomar.outbox.Outbox;
import palomar.sieve.Action;
import palomar.sieve.Host;
import palomar.sieve.Result;
import palomar.storage.StagedMessage;
import palomar.storage.Staging;
import palomar.storage.UserMail.Entry;
import palomar.storage.UserMail.Filed;
import palomar.storage.UserMail.Filing;

/// Carries out what scripts want done with one message for one user. One thread; close it in any case.
///
/// First everything is looked at, so that most of what can go wrong goes wrong before anything is done. Then
/// programs run, then all copies are stored in one transaction together with what is to be remembered, then what
/// is sent goes into the outbox. What fails for good up to the transaction leaves nothing behind but a copy of the
/// message in the default mailbox (RFC 5228 2.10.6); what fails for now is a MailException: nothing is
/// acknowledged, and the next try goes on where this one stopped (docs/decisions/0064).
public final class Execution implements AutoCloseable {
    private static final int MOST_TRIES = 3;

    private final Person person;
    private final Letter letter;
    private final Surroundings around;
    private final Attempt attempt;
    private final MailboxChoice choice;
    private final Preparation preparation;
    private final Set<Action> done = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<ByteSource, StagedMessage> staged = new IdentityHashMap<>();
    private final List<Staging> stagings = new ArrayList<>();
    private final boolean stored;
    private boolean kept;

    public Execution(Person person, Letter letter, Surroundings around, Memory memory, Attempt attempt) {
        this(person, letter, around, memory, attempt, false);
    }

    /// For a message that is in a mailbox already, and stays there when something can't be done.
    ///
    /// @param marks values that are written with the copies
    static Execution ofStored(
            Person person, Letter letter, Surroundings around, Memory memory, Map<String, Optional<byte[]>> marks) {
        return new Execution(person, letter, around, memory, new Attempt("", false, marks), true);
    }

    private Execution(
            Person person, Letter letter, Surroundings around, Memory memory, Attempt attempt, boolean stored) {
        this.stored = stored;
        this.person = person;
        this.letter = letter;
        this.around = around;
        this.attempt = attempt;
        this.choice = new MailboxChoice(person);
        this.preparation = new Preparation(person, letter, around, memory, attempt, choice);
    }

    /// Carries out the actions that were not in the result at an earlier call, and the implicit keep if it is in
    /// force and was not carried out before.
    ///
    /// @param message as it is now, for the implicit keep
    /// @throws IOException the message can't be read
    public Carried carry(Result result, EditedMessage message) throws IOException {
        List<String> errors = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Plan plan = new Plan();
        try {
            for (Action action : result.actions()) {
                if (done.add(action)) {
                    preparation.prepare(action, plan, notes);
                    kept |= action instanceof Action.Keep;
                }
            }
            if (result.implicitKeep() && !kept) {
                plan.store(keep(message.version(), result.implicitKeepFlags()));
                kept = true;
            }
            pipe(plan, errors, notes, message, result);
        } catch (ActionFailure permanent) {
            errors.add(permanent.getMessage());
            plan = rescue(message);
        }
        return commit(plan, errors, notes, message);
    }

    /// The message goes to the default mailbox as it came, and nothing else happens.
    private Plan rescue(EditedMessage message) throws IOException {
        Plan plan = new Plan();
        if (stored) {
            return plan;
        }
        plan.store(keep(message.original(), Optional.empty()));
        kept = true;
        return plan;
    }

    private Plan.Store keep(MessageVersion version, Optional<List<String>> flags) {
        return new Plan.Store(choice.keep(), version.content(), version.isOriginal(), FlagWords.of(flags), true);
    }

    private void pipe(Plan plan, List<String> errors, List<String> notes, EditedMessage message, Result result)
            throws ActionFailure, IOException {
        if (attempt.filed()) {
            return;
        }
        for (Action.Pipe pipe : plan.pipes) {
            Optional<String> failure = pipe(pipe);
            if (failure.isEmpty()) {
                continue;
            }
            String text = "failed to pipe message to program '" + pipe.program() + "': " + failure.get();
            if (!pipe.optional()) {
                throw new ActionFailure(text);
            }
            notes.add(text);
            if (!pipe.copy() && plan.stores.isEmpty()) {
                plan.store(keep(message.version(), result.implicitKeepFlags()));
                kept = true;
            }
        }
    }

    /// Why it did not work; empty: it worked.
    private Optional<String> pipe(Action.Pipe pipe) throws IOException {
        try {
            Programs.Call call = new Programs.Call(
                    "pipe",
                    pipe.program(),
                    pipe.arguments(),
                    Optional.of(pipe.message().content()),
                    person.mail().user(),
                    letter.envelope());
            Host.ProgramResult result = around.programs().run(call, person.settings());
            return result.exit() == 0 ? Optional.empty() : Optional.of("it ended with status " + result.exit());
        } catch (Host.ProgramFailure failure) {
            return Optional.of(String.valueOf(failure.getMessage()));
        }
    }

    private Carried commit(Plan wanted, List<String> errors, List<String> notes, EditedMessage message)
            throws IOException {
        Plan plan = wanted;
        List<Carried.Copy> copies = List.of();
        for (int tries = 1; !attempt.filed(); tries++) {
            try {
                copies = file(plan);
                break;
            } catch (MailException refused) {
                boolean last = refused.kind().temporary() || isRescue(plan) || tries == MOST_TRIES;
                if (last) {
                    throw refused;
                }
                errors.add(failure(plan, refused));
                plan = rescue(message);
            }
        }
        int sent = send(plan, errors, message);
        return new Carried(
                List.copyOf(errors),
                List.copyOf(notes),
                copies,
                errors.isEmpty() ? plan.refusal : Optional.empty(),
                sent);
    }

    private boolean isRescue(Plan plan) {
        return plan.stores.size() <= 1
                && plan.stores.stream()
                        .allMatch(store -> store.original()
                                && store.flags().isEmpty()
                                && store.mailbox().id().equals(choice.keep().id()));
    }

    private static String failure(Plan plan, MailException why) {
        String name = plan.stores.stream()
                .filter(store -> !store.mailbox().name().isInbox())
                .findFirst()
                .or(() -> plan.stores.stream().findFirst())
                .map(store -> store.mailbox().name().value())
                .orElse("INBOX");
        return MailboxChoice.failed(name, why.getMessage()).getMessage();
    }

    private List<Carried.Copy> file(Plan plan) throws IOException {
        List<Filing> filings = new ArrayList<>(plan.stores.size());
        Map<String, Optional<byte[]>> values = new HashMap<>(plan.values);
        for (Plan.Store store : plan.stores) {
            boolean headless = store.original() && letter.staged().isPresent();
            filings.add(new Filing(
                    store.mailbox().id(),
                    headless ? letter.staged().get() : staged(store.content()),
                    headless ? letter.head() : new byte[0],
                    store.flags(),
                    letter.received(),
                    store.noted()));
        }
        values.putAll(attempt.marks());
        List<Filed> filed = person.mail().file(filings, values);
        List<Carried.Copy> copies = new ArrayList<>();
        for (int i = 0; i < filed.size(); i++) {
            Entry mailbox = plan.stores.get(i).mailbox();
            if (plan.stores.get(i).own()) {
                copies.add(new Carried.Copy(
                        mailbox.name(), filed.get(i).uidValidity(), filed.get(i).uid()));
            }
        }
        return copies;
    }

    private StagedMessage staged(ByteSource content) throws IOException {
        StagedMessage known = staged.get(content);
        if (known == null) {
            Staging staging = around.staging().get();
            stagings.add(staging);
            content.writeTo(staging, 0, content.size());
            known = staging.finish();
            staged.put(content, known);
        }
        return known;
    }

    /// What the outbox refuses for good is an error of the script; the message must be somewhere then.
    private int send(Plan plan, List<String> errors, EditedMessage message) throws IOException {
        int sent = 0;
        boolean lost = false;
        for (Plan.Send send : plan.sends) {
            try {
                Outbox.Taken taken = around.outbox().enqueue(send.message());
                sent += taken == Outbox.Taken.QUEUED ? 1 : 0;
            } catch (MailException refused) {
                if (refused.kind().temporary()) {
                    throw refused;
                }
                errors.add("failed to " + send.what() + ": " + refused.getMessage());
                lost = true;
            }
        }
        if (lost && plan.stores.stream().noneMatch(Plan.Store::own) && !attempt.filed()) {
            file(rescue(message));
        }
        return sent;
    }

    /// Lets go of what was staged. What was stored stays.
    @Override
    public void close() {
        stagings.forEach(Staging::close);
        stagings.clear();
        staged.clear();
    }

    /// What a temporary failure is called when its cause is the message itself.
    static MailException unreadable(IOException e) {
        return new MailException(MailError.UNAVAILABLE, "the message can't be read now", e);
    }
}
