package palomar.delivery.sieve;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import palomar.bytes.ByteSource;
import palomar.mail.Flags;
import palomar.message.MailtoUri;
import palomar.message.edit.EditedMessage;
import palomar.message.edit.Field;
import palomar.message.edit.FieldName;
import palomar.message.edit.MessageVersion;
import palomar.outbox.OutgoingMessage;
import palomar.sieve.Action;
import palomar.sieve.ext.enotify.WebhookHosts;
import palomar.smtp.client.Envelope;
import palomar.smtp.client.Webhook;
import palomar.smtp.proto.SmtpPath;
import palomar.storage.UserMail.Entry;

/// From actions to what is to be stored and sent. Changes nothing, but that it makes mailboxes. One thread.
final class Preparation {
    private static final FieldName MESSAGE_ID = FieldName.of("Message-ID");
    private static final long REDIRECTS_REMEMBERED = 12 * 3600;

    private final Person person;
    private final Letter letter;
    private final Surroundings around;
    private final Memory memory;
    private final Attempt attempt;
    private final MailboxChoice choice;
    private final Senders senders;

    Preparation(
            Person person, Letter letter, Surroundings around, Memory memory, Attempt attempt, MailboxChoice choice) {
        this.person = person;
        this.letter = letter;
        this.around = around;
        this.memory = memory;
        this.attempt = attempt;
        this.choice = choice;
        this.senders = new Senders(person, letter.envelope(), around.postmaster());
    }

    /// @param notes gets why something is left undone on purpose
    void prepare(Action action, Plan plan, List<String> notes) throws ActionFailure, IOException {
        switch (action) {
            case Action.Keep(MessageVersion message, Optional<List<String>> flags) ->
                store(choice.keep(), message, flags, plan);
            case Action.FileInto filed ->
                store(
                        choice.choose(new MailboxChoice.Wanted(
                                filed.mailbox(), filed.create(), filed.specialUse(), filed.mailboxId())),
                        filed.message(),
                        filed.flags(),
                        plan);
            case Action.Redirect redirect -> redirect(redirect, plan, notes);
            case Action.Discard() -> notes.add("the message was discarded");
            case Action.Reject reject -> reject(reject, plan, notes);
            case Action.Vacation vacation -> vacation(vacation, plan, notes);
            case Action.Notify notify -> notify(notify, plan, notes);
            case Action.Report report -> report(report, plan);
            case Action.Pipe pipe -> plan.pipes.add(pipe);
            case Action.MarkDuplicate(String key, long seconds) ->
                plan.values.putAll(memory.remembering(Memory.Kind.DUPLICATE, key, seconds));
            case Action.Snooze snooze -> snooze(snooze, plan);
        }
    }

    private void store(Entry mailbox, MessageVersion message, Optional<List<String>> flags, Plan plan) {
        plan.store(new Plan.Store(mailbox, message.content(), message.isOriginal(), FlagWords.of(flags), true));
    }

    private void redirect(Action.Redirect redirect, Plan plan, List<String> notes) throws ActionFailure, IOException {
        SmtpPath user = senders.user();
        EditedMessage message = EditedMessage.of(redirect.message().content());
        if (Forward.loops(message, user)) {
            throw new ActionFailure("failed to redirect message to <" + redirect.address()
                    + ">: it goes in circles, this user has sent it on before");
        }
        String id = message.header().first(MESSAGE_ID).map(Field::value).orElse("");
        long period = person.settings().seconds("sieve_redirect_duplicate_period", REDIRECTS_REMEMBERED);
        SmtpPath sender = senders.chosen("sieve_redirect_envelope_from", "sender");
        ByteSource content = Forward.content(message, user);
        for (SmtpPath recipient : Forward.recipients(redirect, person)) {
            String key = id + "\n" + recipient.address().toLowerCase(Locale.ROOT);
            boolean remembered = !id.isEmpty() && period > 0;
            if (remembered && memory.knows(Memory.Kind.REDIRECT, key)) {
                notes.add("not redirected to " + recipient + ": this message was sent there before");
                continue;
            }
            if (!around.allowance().admits(person.mail().user(), Allowance.Kind.REDIRECT)) {
                throw new ActionFailure(
                        "failed to redirect message to " + recipient + ": too many messages were redirected lately");
            }
            if (remembered) {
                plan.values.putAll(memory.remembering(Memory.Kind.REDIRECT, key, period));
            }
            Envelope envelope =
                    Forward.envelope(redirect, sender, recipient, around.clock().instant());
            send(plan, "redirect message to " + recipient, "redirect", recipient.address(), envelope, content);
        }
    }

    private void send(Plan plan, String text, String kind, String what, Envelope envelope, ByteSource content) {
        plan.sends.add(new Plan.Send(OutgoingMessage.of(attempt.key(kind, what), envelope, content), text));
    }

    private void reject(Action.Reject reject, Plan plan, List<String> notes) throws IOException {
        boolean ascii = reject.reason().chars().allMatch(c -> c < 0x7f);
        if (letter.refusable() && (ascii || reject.protocolFirst())) {
            plan.refusal = Optional.of(reject.reason());
            return;
        }
        SmtpPath sender = senders.sender();
        if (sender.isNull()) {
            notes.add("rejected, but there is no sender who could be told");
            return;
        }
        ByteSource content = Rejection.content(reject, letter.content(), letter.envelope(), sender, around);
        send(plan, "reject message", "reject", "", Envelope.of(SmtpPath.NULL, sender), content);
    }

    private void vacation(Action.Vacation vacation, Plan plan, List<String> notes) throws ActionFailure, IOException {
        VacationReply reply = new VacationReply(person, letter.envelope(), vacation, around);
        Optional<String> objection = reply.objection();
        if (objection.isPresent()) {
            notes.add("no vacation reply: " + objection.get());
            return;
        }
        boolean remembered = vacation.seconds() > 0;
        if (remembered && memory.knows(Memory.Kind.REPLY, reply.key())) {
            notes.add("no vacation reply: " + reply.recipient() + " has had one");
            return;
        }
        if (!around.allowance().admits(person.mail().user(), Allowance.Kind.REPLY)) {
            notes.add("no vacation reply: too many were sent lately");
            return;
        }
        if (remembered) {
            plan.values.putAll(memory.remembering(Memory.Kind.REPLY, reply.key(), vacation.seconds()));
        }
        ByteSource content = reply.content(around);
        Envelope envelope = Envelope.of(reply.sender(), reply.recipient());
        send(plan, "reply to " + reply.recipient(), "vacation", reply.key(), envelope, content);
        copy(vacation.fcc(), content, plan);
    }

    /// RFC 8580 3
    private void copy(Optional<Action.Fcc> fcc, ByteSource content, Plan plan) throws ActionFailure {
        if (fcc.isPresent()) {
            Action.Fcc to = fcc.get();
            Entry mailbox =
                    choice.choose(new MailboxChoice.Wanted(to.mailbox(), to.create(), to.specialUse(), to.mailboxId()));
            plan.store(new Plan.Store(mailbox, content, false, FlagWords.of(to.flags()), false));
        }
    }

    private void notify(Action.Notify notify, Plan plan, List<String> notes) throws ActionFailure, IOException {
        if (!(MailtoUri.parse(notify.method()) instanceof MailtoUri.Valid(MailtoUri uri))) {
            post(notify, plan, notes);
            return;
        }
        MailNotice notice = new MailNotice(notify, uri, senders, around);
        Optional<String> objection = notice.objection();
        List<SmtpPath> recipients = notice.recipients();
        if (objection.isPresent() || recipients.isEmpty()) {
            notes.add("no notification: " + objection.orElse("there is no recipient"));
            return;
        }
        if (!around.allowance().admits(person.mail().user(), Allowance.Kind.REPLY)) {
            notes.add("no notification: too many were sent lately");
            return;
        }
        ByteSource content = notice.content();
        Envelope envelope = Envelope.of(notice.sender(), recipients.toArray(SmtpPath[]::new));
        String what = notify.method() + "\n" + notify.text().orElse("");
        send(plan, "notify " + notify.method(), "notify", what, envelope, content);
        copy(notify.fcc(), content, plan);
    }

    private void post(Action.Notify notify, Plan plan, List<String> notes) throws IOException {
        String user = person.mail().user();
        WebhookHosts hosts = WebhookHosts.of(person.settings());
        Optional<Webhook> found = Webhook.of(notify.method(), user, false);
        if (found.isEmpty() || !hosts.allows(found.get().host())) {
            notes.add("no notification: the method '" + notify.method() + "' is not available");
            return;
        }
        Webhook webhook =
                new Webhook(found.get().target(), user, hosts.names(found.get().host()));
        WebNotice notice = new WebNotice(notify, user, letter.received());
        Optional<String> objection = notice.objection();
        if (objection.isPresent()) {
            notes.add("no notification: " + objection.get());
            return;
        }
        if (!around.allowance().admits(user, Allowance.Kind.REPLY)) {
            notes.add("no notification: too many were sent lately");
            return;
        }
        if (notify.fcc().isPresent()) {
            notes.add("no copy of the notification: it is no message");
        }
        String what = notify.method() + "\n" + notify.text().orElse("");
        send(plan, "notify " + notify.method(), "notify", what, webhook.envelope(), notice.content());
    }

    private void report(Action.Report report, Plan plan) throws ActionFailure, IOException {
        SmtpPath recipient = Senders.path(Optional.of(report.address()))
                .orElseThrow(
                        () -> new ActionFailure("failed to send a report: '" + report.address() + "' is no address"));
        SmtpPath from = senders.address("sieve_report_from", "postmaster");
        ByteSource content = Rejection.complaint(report, letter.envelope(), from, recipient, around);
        SmtpPath sender = senders.isFromNobody() ? SmtpPath.NULL : from;
        String what = report.address() + "\n" + report.type();
        send(plan, "report to " + recipient, "report", what, Envelope.of(sender, recipient), content);
    }

    /// draft-ietf-extra-sieve-snooze 4: what is done when it awakes is kept with it.
    private void snooze(Action.Snooze snooze, Plan plan) throws ActionFailure {
        Entry mailbox =
                choice.snoozed(person.settings().get("sieve_snooze_mailbox").orElse("Snoozed"));
        Instant due = WakingTimes.of(snooze, around.zone()).next(around.clock().instant());
        Sleeper sleeper = new Sleeper(
                due.getEpochSecond(),
                mailbox.id(),
                snooze.mailbox().orElse("INBOX"),
                snooze.mailboxId(),
                snooze.specialUse(),
                snooze.create(),
                snooze.addFlags(),
                snooze.removeFlags());
        String token = around.token();
        plan.values.put(Sleeper.name(token), Optional.of(sleeper.bytes()));
        plan.store(new Plan.Store(
                mailbox,
                snooze.message().content(),
                snooze.message().isOriginal(),
                Flags.NONE,
                true,
                Optional.of(Sleeper.uidName(token))));
    }
}
