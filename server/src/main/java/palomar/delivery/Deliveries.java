package palomar.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import palomar.auth.Authenticator;
import palomar.auth.UserRecord;
import palomar.event.Event;
import palomar.mail.Flags;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.smtp.proto.SmtpPath;
import palomar.storage.QuotaLimits;
import palomar.storage.StagedMessage;
import palomar.storage.Storage;
import palomar.storage.Storage.Delivered;
import palomar.storage.UserMail;
import palomar.user.UserQuota;

/// Finds recipients and stores messages for them. Safe for many threads.
public final class Deliveries {
    /// Hops after which a message is taken to go in circles: RFC 5321 6.3 asks for 100 at least.
    private static final int MOST_HOPS = 100;

    private final Authenticator users;
    private final Storage storage;
    private final Clock clock;
    private final MessageFilter filter;
    private final Event event;
    private volatile DeliverySettings settings;

    /// Without filter: all mail is kept.
    public Deliveries(Authenticator users, Storage storage, Clock clock, DeliverySettings settings, Event event) {
        this(users, storage, clock, settings, MessageFilter.NONE, event);
    }

    public Deliveries(
            Authenticator users,
            Storage storage,
            Clock clock,
            DeliverySettings settings,
            MessageFilter filter,
            Event event) {
        this.filter = filter;
        this.users = users;
        this.storage = storage;
        this.clock = clock;
        this.event = event;
        this.settings = settings;
    }

    public DeliverySettings settings() {
        return settings;
    }

    /// In force for what begins from now on.
    public void reload(DeliverySettings changed) {
        settings = changed;
    }

    /// Who is meant by an address; empty: nobody here. Throws MailException UNAVAILABLE when a database is away.
    ///
    /// @param service for the userdb: `lmtp`, `lda`
    public Optional<Recipient> find(String service, SmtpPath address) {
        DeliverySettings now = settings;
        String local = address.local();
        int cut = now.separator().isEmpty() ? -1 : local.indexOf(now.separator());
        String name = cut > 0 ? local.substring(0, cut) : local;
        String detail = cut > 0 ? local.substring(cut + now.separator().length()) : "";
        String user = now.keepDomain() && !address.domain().isEmpty() ? name + "@" + address.domain() : name;
        Optional<MailboxName> mailbox = now.detailMailbox() ? mailbox(detail) : Optional.empty();
        return users.lookup(service, user).map(record -> recipient(address, record, mailbox));
    }

    /// A user by his name; empty: there is none. Throws MailException UNAVAILABLE when a database is away.
    public Optional<Recipient> person(String service, String user) {
        return findUser(service, user, SmtpPath.NULL, Optional.empty());
    }

    /// A user by his name, for the LDA; the address stands in Delivered-To unless it is [SmtpPath#NULL].
    Optional<Recipient> findUser(String service, String user, SmtpPath address, Optional<String> mailbox) {
        Optional<MailboxName> wanted = mailbox.flatMap(Deliveries::mailbox);
        return users.lookup(service, user).map(record -> recipient(address, record, wanted));
    }

    private Recipient recipient(SmtpPath address, UserRecord record, Optional<MailboxName> mailbox) {
        QuotaLimits limits = UserQuota.of(record, settings.quota(), event);
        return Recipient.of(address, record, mailbox, limits);
    }

    /// A detail that can be no mailbox is none.
    private static Optional<MailboxName> mailbox(String detail) {
        if (detail.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(MailboxName.of(detail));
        } catch (MailException noName) {
            return Optional.empty();
        }
    }

    /// Takes in a message. Close the result in any case.
    public Incoming receive(Trace trace) {
        DeliverySettings now = settings;
        String field = trace.field(now.host(), ZonedDateTime.now(clock));
        return new Incoming(storage.stage(), field, now.mostBytes());
    }

    /// Stores a message that has arrived; an outcome for each recipient, in order. The same address twice gets one
    /// copy.
    ///
    /// @param sender for Return-Path; empty: the message keeps the one it has, if any
    public List<Outcome> deliver(Incoming message, Optional<SmtpPath> sender, List<Recipient> recipients, Event event) {
        Outcome[] outcomes = new Outcome[recipients.size()];
        try {
            StagedMessage staged = message.finish();
            deliver(staged, message, sender, recipients, outcomes, event);
        } catch (MailException refused) {
            Arrays.fill(outcomes, new Outcome.Refused(refused));
        }
        for (int i = 0; i < outcomes.length; i++) {
            say(event, message, sender, recipients.get(i), outcomes[i]);
        }
        return List.of(outcomes);
    }

    private void deliver(
            StagedMessage staged,
            Incoming message,
            Optional<SmtpPath> sender,
            List<Recipient> recipients,
            Outcome[] outcomes,
            Event event) {
        HeaderWatch header = message.header();
        Instant now = clock.instant();
        Map<Recipient, Integer> first = new HashMap<>();
        List<Storage.Target> targets = new ArrayList<>(recipients.size());
        List<Integer> of = new ArrayList<>(recipients.size());
        for (int i = 0; i < outcomes.length; i++) {
            Recipient recipient = recipients.get(i);
            if (first.putIfAbsent(recipient.withoutOriginal(), i) != null) {
                continue;
            }
            if (header.received() > MOST_HOPS || wasHere(header, recipient)) {
                outcomes[i] = new Outcome.Looping();
                continue;
            }
            byte[] head = head(sender, recipient);
            if (isFiltered(recipient, outcomes, i)) {
                if (outcomes[i] == null) {
                    var job = new MessageFilter.Job(
                            recipient, staged, head, message.added(), sender, message.isRefusable(), now, event);
                    outcomes[i] = filtered(job, message);
                }
                continue;
            }
            targets.add(new Storage.Target(recipient.user(), existing(recipient), head, Flags.NONE, now));
            of.add(i);
        }
        store(staged, targets, of, outcomes);
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = outcomes[first.getOrDefault(recipients.get(i).withoutOriginal(), i)];
        }
    }

    /// When it can't be told, the outcome says so.
    private boolean isFiltered(Recipient recipient, Outcome[] outcomes, int i) {
        try {
            return filter.concerns(recipient);
        } catch (MailException unavailable) {
            outcomes[i] = new Outcome.Refused(unavailable);
            return true;
        }
    }

    private Outcome filtered(MessageFilter.Job job, Incoming message) {
        existing(job.recipient());
        MessageFilter.Filtered filtered = filter.deliver(job);
        message.receipt(filtered.receipt());
        return filtered.outcome();
    }

    private static boolean wasHere(HeaderWatch header, Recipient recipient) {
        return !recipient.address().isNull()
                && header.wasDeliveredTo(recipient.address().address());
    }

    private void store(StagedMessage staged, List<Storage.Target> targets, List<Integer> of, Outcome[] outcomes) {
        if (targets.isEmpty()) {
            return;
        }
        List<Delivered> results;
        try {
            results = storage.deliver(staged, targets);
        } catch (MailException refused) {
            of.forEach(i -> outcomes[i] = new Outcome.Refused(refused));
            return;
        }
        List<Storage.Target> again = new ArrayList<>();
        List<Integer> againOf = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            Storage.Target target = targets.get(i);
            switch (results.get(i)) {
                case Delivered.Stored(long uidValidity, long uid) ->
                    outcomes[of.get(i)] = new Outcome.Stored(target.mailbox(), uidValidity, uid);
                case Delivered.Failed(MailException why) -> {
                    // The mailbox was deleted since we looked: then INBOX, as if it had never been.
                    if (why.kind() == MailError.NOT_FOUND && !target.mailbox().isInbox()) {
                        again.add(new Storage.Target(
                                target.user(),
                                MailboxName.INBOX,
                                target.head(),
                                target.flags(),
                                target.internalDate()));
                        againOf.add(of.get(i));
                    } else {
                        outcomes[of.get(i)] = new Outcome.Refused(why);
                    }
                }
            }
        }
        store(staged, again, againOf, outcomes);
    }

    /// Opens the user's mail, which learns its limits by that.
    private MailboxName existing(Recipient recipient) {
        Optional<MailboxName> wanted = recipient.mailbox().filter(name -> !name.isInbox());
        try (UserMail mail = storage.open(recipient.user())) {
            mail.quota().configured(recipient.limits());
            return wanted.flatMap(mail::find).map(UserMail.Entry::name).orElse(MailboxName.INBOX);
        } catch (MailException unavailable) {
            // The store says so itself when it is asked to deliver, for this recipient alone.
            return MailboxName.INBOX;
        }
    }

    /// What stands before the message for one recipient. RFC 5321 4.4: Return-Path comes first.
    private byte[] head(Optional<SmtpPath> sender, Recipient recipient) {
        StringBuilder head = new StringBuilder(128);
        sender.ifPresent(path -> head.append("Return-Path: ").append(path).append("\r\n"));
        if (!recipient.address().isNull()) {
            head.append("Delivered-To: ").append(recipient.address().address()).append("\r\n");
        }
        if (settings.originalRecipient()) {
            recipient
                    .original()
                    .filter(Deliveries::isText)
                    .ifPresent(original ->
                            head.append("Original-Recipient: ").append(original).append("\r\n"));
        }
        return head.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// Behind its encoding anything may stand. RFC 3461 4.2
    private static boolean isText(String decoded) {
        return decoded.chars().noneMatch(Character::isISOControl);
    }

    private static void say(
            Event event, Incoming message, Optional<SmtpPath> sender, Recipient recipient, Outcome outcome) {
        Object[] facts = {
            "from", sender.map(SmtpPath::toString).orElse("-"),
            "to", recipient.address(),
            "user", recipient.user(),
            "size", message.size(),
            "message-id", message.header().messageId()
        };
        switch (outcome) {
            case Outcome.Stored(var mailbox, long uidValidity, long uid) ->
                event.with("mailbox", mailbox).with("uid", uid).info("delivery.stored", "stored", facts);
            case Outcome.Refused(MailException why) -> {
                if (why.getCause() == null) {
                    event.with("reason", why.kind()).info("delivery.refused", why.getMessage(), facts);
                } else {
                    event.with("reason", why.kind()).error("delivery.failed", why.getMessage(), why.getCause(), facts);
                }
            }
            case Outcome.Handled() -> event.info("delivery.handled", "sent on or thrown away by a script", facts);
            case Outcome.Rejected(String reason) ->
                event.with("reason", reason).info("delivery.rejected", "refused by a script", facts);
            case Outcome.Looping() -> event.warn("delivery.loop", "refused: the message goes in circles", facts);
        }
    }
}
