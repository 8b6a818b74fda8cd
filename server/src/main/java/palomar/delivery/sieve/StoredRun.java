package palomar.delivery.sieve;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import palomar.bytes.ByteSource;
import palomar.delivery.Refilter.Outcome;
import palomar.mail.Flags;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.message.edit.EditedMessage;
import palomar.message.edit.Field;
import palomar.message.edit.FieldName;
import palomar.message.edit.MailAddress;
import palomar.scripts.ScriptOwner;
import palomar.scripts.UserScripts;
import palomar.sieve.Action;
import palomar.sieve.Envelope;
import palomar.sieve.Host;
import palomar.sieve.Result;
import palomar.sieve.ext.imap4flags.FlagVariable;
import palomar.storage.FlagChange;
import palomar.storage.Mailbox;
import palomar.storage.MessageCursor;
import palomar.storage.UserMail;

/// Scripts over messages of one user that stay where they are: what keeps a message changes at most its flags,
/// what does not keep it sets `\Deleted`; copies and what is sent are as in a delivery. RFC 6785 3,
/// draft-bosch-imap-filter-sieve-00 4. One thread.
///
/// @param in the mailbox
/// @param environment items that scripts see
record StoredRun(
        SieveDelivery house,
        SieveDelivery.InForce settings,
        UserMatters matters,
        UserMail.Entry in,
        Map<String, String> environment) {
    private static final FieldName RETURN_PATH = FieldName.of("Return-Path");
    private static final FieldName FROM = FieldName.of("From");
    private static final FieldName DELIVERED_TO = FieldName.of("Delivered-To");

    StoredRun seeing(Map<String, String> items) {
        return new StoredRun(house, settings, matters, in, items);
    }

    /// @throws IOException the message can't be read
    Outcome apply(Mailbox mailbox, long uid, List<ScriptChain.Link> links) throws IOException {
        ScriptLog log = matters.log();
        try (MessageCursor row = mailbox.cursor();
                UserScripts mine = house.scripts()
                        .open(new ScriptOwner(
                                matters.mail().user(), matters.recipient().home()))) {
            if (!row.seek(uid) || row.expunged()) {
                throw new MailException(MailError.EXPUNGED, "the message is gone");
            }
            ByteSource content = row.content();
            List<String> before = FlagWords.words(mailbox, row);
            EditedMessage message = EditedMessage.of(content);
            Person person = matters.person();
            Envelope envelope = envelope(message, person);
            Letter letter = Letter.of(content, envelope, row.internalDate());
            Surroundings around = house.surroundings(settings, matters.about());
            Memory memory = new StoreMemory(matters.mail().attributes(), house.clock(), "");
            UserHost host = new UserHost(
                    person, letter, around, memory, (own, name) -> matters.script(mine, own, name), log, environment);
            FlagVariable flags = new FlagVariable(() -> before);
            ScriptChain chain = new ScriptChain(
                    message, host, settings.policy().limits(), house.cache(), log, matters.about(), flags);
            for (ScriptChain.Link link : links) {
                chain.run(link, envelope);
            }
            house.budget()
                    .spend(
                            matters.mail().user(),
                            chain.used().toNanos(),
                            settings.policy().cpuPeriod());
            if (chain.failed()) {
                return new Outcome(lines(chain.errors()), false);
            }
            return carry(
                    chain,
                    mailbox,
                    uid,
                    Execution.ofStored(person, letter, around, memory, host.changes()),
                    flags,
                    log);
        }
    }

    private Outcome carry(
            ScriptChain chain, Mailbox mailbox, long uid, Execution execution, FlagVariable flags, ScriptLog log)
            throws IOException {
        Result wanted = chain.result();
        boolean keeps = wanted.implicitKeep();
        Optional<List<String>> words = flags.forCopies();
        Result rest = new Result();
        rest.cancelImplicitKeep();
        for (Action action : wanted.actions()) {
            switch (action) {
                case Action.Keep keep -> {
                    keeps = true;
                    words = keep.flags().or(flags::forCopies);
                }
                case Action.FileInto filed when MailboxChoice.names(matters.person(), filed, in) -> keeps = true;
                // A copy of a message has its flags, as with COPY.
                case Action.FileInto filed
                when filed.flags().isEmpty() -> rest.add(filed.withFlags(Optional.of(flags.get())));
                // Nobody waits for an answer to a message that was delivered long ago.
                case Action.Discard _, Action.Reject _, Action.Vacation _ -> {}
                default -> rest.add(action);
            }
        }
        keeps |= wanted.actions().stream().anyMatch(Action.Reject.class::isInstance);
        try (execution) {
            Carried carried = execution.carry(rest, chain.message());
            carried.errors().forEach(text -> log.say(Host.LogLevel.ERROR, text));
            if (!carried.ok()) {
                return new Outcome(lines(carried.errors()), false);
            }
        } finally {
            house.putToSleep(rest, matters.mail());
        }
        UidSet one = UidSet.of(uid);
        if (words.isPresent()) {
            mailbox.store(one, FlagChange.replace(FlagWords.of(words)), -1);
        }
        if (!keeps) {
            mailbox.store(one, FlagChange.add(Flags.of(SystemFlags.DELETED)), -1);
        }
        return new Outcome("", true);
    }

    /// As it may have been when the message was delivered.
    static Envelope envelope(EditedMessage message, Person person) {
        Optional<String> from =
                message.header().first(RETURN_PATH).map(Field::value).map(StoredRun::bare);
        Optional<String> author = message.header().first(FROM).stream()
                .flatMap(field -> field.addresses().stream())
                .map(MailAddress::written)
                .findFirst();
        Optional<String> to = message.header()
                .first(DELIVERED_TO)
                .map(Field::value)
                .map(StoredRun::bare)
                .or(person::mainAddress);
        return new Envelope(from.or(() -> author), to, to, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static String bare(String path) {
        return MailAddress.ofPath(path.strip()).written();
    }

    private static String lines(List<String> texts) {
        return String.join("\r\n", texts) + "\r\n";
    }
}
