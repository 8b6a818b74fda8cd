package palomar.outbox;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import palomar.bytes.ByteSource;
import palomar.event.Event;
import palomar.mail.MailException;
import palomar.smtp.client.Envelope;
import palomar.smtp.client.EnvelopeRecipient;
import palomar.smtp.client.Notify;
import palomar.smtp.client.Webhook;
import palomar.smtp.proto.SmtpPath;
import palomar.smtp.proto.SmtpReply;

/// Carries one message once: tries to send it, writes down what came of it, tells its sender, and removes it or
/// puts it back. One thread.
///
/// What the relay decided is durable before the sender is told, and the report is durable before that is written
/// down as done; its key keeps a crash in between from telling twice.
record Carrier(Shelf shelf, Route route, InstantSource clock, Event event) {

    /// Returns why nothing should be sent for now: the relay can't be used, or our own disk does not take down
    /// what was sent.
    Optional<String> carry(Index.Item item) {
        Instant now = clock.instant();
        try {
            return carry(item, now);
        } catch (DamagedEntry damaged) {
            aside(item, damaged);
        } catch (IOException failed) {
            // Our own disk: nothing was decided.
            later(item, now, failed);
        }
        return Optional.empty();
    }

    private void later(Index.Item item, Instant now, IOException failed) {
        event.error("outbox.disk", "a message in the queue can't be read or written", failed, "queue", item.id);
        shelf.putBack(item, route.settings().retry(now, item.attempts + 1, item.id), item.attempts + 1);
    }

    /// Nothing is left to do. Returns why that can't be written down.
    private Optional<String> finish(Index.Item item, Instant now) {
        try {
            shelf.finish(item);
            return Optional.empty();
        } catch (IOException failed) {
            later(item, now, failed);
            return Optional.of(ownDisk(failed));
        }
    }

    private static String ownDisk(IOException failed) {
        return "the queue's own disk fails: " + failed.getMessage();
    }

    private void aside(Index.Item item, DamagedEntry damaged) {
        try {
            shelf.setAside(item, damaged);
        } catch (IOException failed) {
            event.error("outbox.disk", "a damaged message can't be set aside", failed, "queue", item.id);
        }
    }

    private Optional<String> carry(Index.Item item, Instant now) throws IOException {
        Entry entry = shelf.entry(item.id);
        EntryState state = known(item, entry);
        ByteSource content = shelf.content(item.id);
        Optional<String> trouble = Optional.empty();
        if (shelf.isDropped(item)) {
            shelf.finish(item);
            return Optional.empty();
        }
        if (state.has(RecipientState.Step.WAITING)) {
            Attempt attempt = new Attempt(entry, state, route.settings(), now, event);
            Attempt.Result result = attempt.run(route.transport(), content);
            boolean held = shelf.isHeld(item);
            boolean decided = result.trouble().isEmpty()
                    || held != state.held()
                    || !result.state().recipients().equals(state.recipients());
            state = result.state().held(held);
            trouble = result.trouble().map(SmtpReply::toString);
            if (decided && !state.ended()) {
                trouble = first(save(item, state), trouble);
            }
            tellUser(entry, state);
        }
        EntryState told = tell(entry, state, content, now);
        if (told.ended() || shelf.isDropped(item)) {
            trouble = first(finish(item, now), trouble);
        } else {
            if (!told.equals(state)) {
                trouble = first(save(item, told), trouble);
            }
            boolean owes = told.has(RecipientState.Step.TELL_FAILED) || told.has(RecipientState.Step.TELL_RELAYED);
            Instant retry = route.settings().retry(now, told.attempts() + 1, item.id);
            shelf.putBack(item, owes && told.next().isBefore(retry) ? retry : told.next(), told.attempts());
        }
        return trouble;
    }

    private static Optional<String> first(Optional<String> one, Optional<String> other) {
        return one.isPresent() ? one : other;
    }

    /// Nobody mails about what was no mail.
    private void tellUser(Entry entry, EntryState state) {
        Optional<Webhook> webhook = entry.envelope().options().webhook();
        SmtpReply last = state.recipients().getFirst().last();
        if (webhook.isPresent() && state.ended() && last.refuses()) {
            route.failed().accept(webhook.get(), last);
        }
    }

    /// Throws IOException while what was decided before still can't be written: then nobody is asked anything
    /// more.
    private EntryState known(Index.Item item, Entry entry) throws IOException {
        EntryState unsaved = item.unsaved;
        if (unsaved == null) {
            return shelf.state(entry);
        }
        shelf.save(item.id, unsaved);
        item.unsaved = null;
        return unsaved;
    }

    /// What can't be written is remembered: what was sent must not be sent again. Returns why it can't.
    private Optional<String> save(Index.Item item, EntryState state) {
        try {
            shelf.save(item.id, state);
            item.unsaved = null;
            return Optional.empty();
        } catch (IOException failed) {
            item.unsaved = state;
            event.error(
                    "outbox.disk",
                    "what became of a message can't be written down: after a crash it would be sent again",
                    failed,
                    "queue",
                    item.id);
            return Optional.of(ownDisk(failed));
        }
    }

    private EntryState tell(Entry entry, EntryState state, ByteSource content, Instant now) {
        EntryState after = report(entry, state, content, Report.Action.FAILED, now);
        after = report(entry, after, content, Report.Action.RELAYED, now);
        boolean late = route.settings()
                .warnAfter()
                .filter(age -> new Attempt(entry, state, route.settings(), now, event).isLate(age))
                .isPresent();
        boolean warn = late && !after.warned() && !entry.envelope().sender().isNull();
        return warn ? report(entry, after, content, Report.Action.DELAYED, now).withWarning() : after;
    }

    /// Tells the sender what is to be told with this action; a report that can't be queued is tried again later.
    private EntryState report(Entry entry, EntryState state, ByteSource content, Report.Action action, Instant now) {
        RecipientState.Step step = switch (action) {
            case FAILED -> RecipientState.Step.TELL_FAILED;
            case RELAYED -> RecipientState.Step.TELL_RELAYED;
            case DELAYED -> RecipientState.Step.WAITING;
        };
        List<Report.Line> lines = new ArrayList<>();
        List<RecipientState> after = new ArrayList<>(state.recipients());
        StringBuilder which = new StringBuilder();
        for (int i = 0; i < after.size(); i++) {
            EnvelopeRecipient recipient = entry.envelope().recipients().get(i);
            RecipientState one = after.get(i);
            boolean wanted = action != Report.Action.DELAYED || Attempt.wants(recipient, Notify.DELAY);
            if (one.step() == step && wanted) {
                lines.add(new Report.Line(recipient, one.last()));
                which.append(' ').append(i);
                if (action != Report.Action.DELAYED) {
                    after.set(i, new RecipientState(RecipientState.Step.ENDED, one.last()));
                }
            }
        }
        if (lines.isEmpty()) {
            return state;
        }
        String key = "report " + entry.id() + " " + action + which;
        return queue(entry, content, action, lines, now, key) ? state.with(after) : state;
    }

    /// The relay's name without the port; nothing for a program or a folder.
    private String mta() {
        String where = route.transport().where();
        int colon = where.lastIndexOf(':');
        return where.startsWith("/") || colon < 0 ? "" : where.substring(0, colon);
    }

    private boolean queue(
            Entry entry, ByteSource content, Report.Action action, List<Report.Line> lines, Instant now, String key) {
        Optional<Instant> until = action == Report.Action.DELAYED
                ? Optional.of(entry.created().plus(route.settings().lifetime()))
                : Optional.empty();
        Report report = new Report(entry, action, lines, route.settings(), mta(), now, until);
        EnvelopeRecipient to = new EnvelopeRecipient(entry.envelope().sender(), Set.of(Notify.NEVER), Optional.empty());
        Envelope envelope = new Envelope(SmtpPath.NULL, List.of(to), Attempt.reportOptions());
        try {
            byte[] text = report.print(content);
            shelf.enqueue(OutgoingMessage.of(key, envelope, ByteSource.of(text)), true);
            return true;
        } catch (MailException | IOException refused) {
            event.error("outbox.report", "a report to a sender can't be queued now", refused, "queue", entry.id());
            return false;
        }
    }
}
