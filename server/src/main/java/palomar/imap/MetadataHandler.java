package palomar.imap;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import palomar.imap.proto.MetadataCommand;
import palomar.imap.proto.MetadataWriter;
import palomar.imap.proto.ResponseCode;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.SpecialUse;
import palomar.storage.UserMail;

/// GETMETADATA and SETMETADATA. RFC 5464, the uses of mailboxes: RFC 6154 4
record MetadataHandler(UserMail mail, Dialogue dialogue) {

    private AccountSettings settings() {
        return dialogue.settings().account();
    }

    private MetadataWriter out() {
        return new MetadataWriter(dialogue.out());
    }

    Reply run(MetadataCommand command) throws IOException {
        return switch (command) {
            case MetadataCommand.Get get -> get(get);
            case MetadataCommand.Set set -> set(set);
            case MetadataCommand.TooLong _ -> tooLong();
        };
    }

    private Reply get(MetadataCommand.Get command) throws IOException {
        String mailbox = "";
        Annotations annotations;
        if (command.mailbox().isEmpty()) {
            annotations = dialogue.server().now();
        } else {
            UserMail.Entry entry = MailboxRights.of(mail).requireForAnnotations(Names.of(command.mailbox()));
            mailbox = entry.name().value();
            annotations = Annotations.ofMailbox(mail, entry);
        }
        Map<String, Optional<byte[]>> values = new LinkedHashMap<>();
        for (String entry : command.entries()) {
            find(annotations, entry, command.depth(), values);
        }
        long most = command.maxSize().orElse(Long.MAX_VALUE);
        long longest = values.values().stream()
                .mapToLong(value -> value.map(bytes -> bytes.length).orElse(0))
                .max()
                .orElse(0);
        if (longest > most) {
            values.values().removeIf(value -> value.isPresent() && value.get().length > most);
        }
        out().values(mailbox, values);
        return longest > most
                ? Reply.ok(new ResponseCode.MetadataLongEntries(longest), "GETMETADATA done")
                : Reply.ok("GETMETADATA done");
    }

    /// An entry without a value is NIL when it was asked for itself, and nothing when those below it were too.
    private static void find(
            Annotations annotations, String entry, MetadataCommand.Depth depth, Map<String, Optional<byte[]>> found) {
        Optional<byte[]> value = annotations.get(entry);
        if (value.isPresent() || depth == MetadataCommand.Depth.ZERO) {
            found.put(entry, value);
        }
        if (depth == MetadataCommand.Depth.ZERO) {
            return;
        }
        annotations.below(entry).forEach((name, bytes) -> {
            boolean child = name.indexOf('/', entry.length() + 1) < 0;
            if (child || depth == MetadataCommand.Depth.INFINITY) {
                found.put(name, Optional.of(bytes));
            }
        });
    }

    /// RETURN (METADATA ...) of LIST. RFC 9590
    static void tell(MetadataWriter out, UserMail mail, UserMail.Entry entry, Iterable<String> entries)
            throws IOException {
        if (!MailboxRights.of(mail).annotates(entry)) {
            return;
        }
        Annotations annotations;
        try {
            annotations = Annotations.ofMailbox(mail, entry);
        } catch (MailException gone) {
            // Deleted since it was listed: there is nothing to tell of it.
            return;
        }
        Map<String, Optional<byte[]>> values = new LinkedHashMap<>();
        for (String name : entries) {
            values.put(name, annotations.get(name));
        }
        out.values(entry.name().value(), values);
    }

    private Reply tooLong() {
        return Reply.no(new ResponseCode.MetadataMaxSize(settings().largestAnnotation()), "the value is too long");
    }

    private Reply set(MetadataCommand.Set command) throws IOException {
        boolean ofServer = command.mailbox().isEmpty();
        UserMail.Entry entry =
                ofServer ? null : MailboxRights.of(mail).requireForAnnotations(Names.of(command.mailbox()));
        Annotations annotations = entry == null ? dialogue.server().now() : Annotations.ofMailbox(mail, entry);
        Optional<Reply> refusal = refusal(command, annotations, ofServer);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Map<String, Optional<byte[]>> changes = new TreeMap<>();
        command.values().forEach((name, value) -> changes.put(Annotations.PREFIX + name, value));
        Optional<byte[]> uses = command.values().getOrDefault(SpecialUses.ENTRY, Optional.empty());
        boolean setsUses = entry != null && command.values().containsKey(SpecialUses.ENTRY);
        if (setsUses) {
            changes.remove(Annotations.PREFIX + SpecialUses.ENTRY);
        }
        try {
            new Progress(dialogue, command.tag())
                    .during(() -> annotations.attributes().change(changes));
        } catch (MailException e) {
            if (e.kind() == MailError.LIMIT) {
                return Reply.no(ResponseCode.Plain.METADATA_TOOMANY, e.getMessage());
            }
            throw e;
        }
        if (setsUses && entry != null) {
            use(entry, SpecialUses.parse(uses).orElse(Set.of()));
        }
        own(entry, command.values().keySet());
        return Reply.ok("SETMETADATA done");
    }

    /// All that can be said before anything is changed.
    private Optional<Reply> refusal(MetadataCommand.Set command, Annotations annotations, boolean ofServer) {
        Set<String> after = new TreeSet<>(annotations.stored());
        boolean more = false;
        for (Map.Entry<String, Optional<byte[]>> change : command.values().entrySet()) {
            String name = change.getKey();
            Optional<byte[]> value = change.getValue();
            if (value.isPresent() && value.get().length > settings().largestAnnotation()) {
                return Optional.of(tooLong());
            }
            if (ofServer && value.isPresent() && !Filters.isValid(name, value.get())) {
                return Optional.of(Reply.no(ResponseCode.Plain.CANNOT, "the filter is no complete search"));
            }
            if (ofServer && name.startsWith("/shared/") && !dialogue.server().maySet()) {
                return Optional.of(
                        Reply.no(ResponseCode.Plain.NOPERM, "you may not set the server's shared annotations"));
            }
            if (ofServer && annotations.isComputed(name)) {
                return Optional.of(
                        Reply.no(ResponseCode.Plain.NOPERM, "this annotation is set by the server's configuration"));
            }
            if (name.equals(SpecialUses.ENTRY)) {
                if (ofServer || SpecialUses.parse(value).isEmpty()) {
                    return Optional.of(Reply.no(ResponseCode.Plain.USEATTR, "no such use can be given"));
                }
            } else if (value.isPresent()) {
                more |= after.add(Annotations.PREFIX + name);
            } else {
                after.remove(Annotations.PREFIX + name);
            }
        }
        return more && after.size() > settings().mostAnnotations()
                ? Optional.of(Reply.no(
                        ResponseCode.Plain.METADATA_TOOMANY,
                        "at most " + settings().mostAnnotations() + " annotations"))
                : Optional.empty();
    }

    /// Another mailbox that had the use loses it, which the client is told. RFC 6154 5.4
    private void use(UserMail.Entry entry, Set<SpecialUse> uses) throws IOException {
        StandingMailboxes.choose(mail, entry, uses);
        for (Map.Entry<UserMail.Entry, Set<SpecialUse>> loser :
                SpecialUses.takeFromOthers(mail, entry, uses).entrySet()) {
            out().values(loser.getKey().name().value(), Map.of(SpecialUses.ENTRY, SpecialUses.value(loser.getValue())));
            own(loser.getKey(), Set.of(SpecialUses.ENTRY));
        }
    }

    private void own(UserMail.@Nullable Entry entry, Set<String> entries) {
        MetadataWatch watch = dialogue.metadataWatch();
        if (watch == null) {
            return;
        }
        if (entry == null) {
            watch.ownOfServer(entries);
        } else {
            mail.find(entry.name()).ifPresent(now -> watch.own(now, entries));
        }
    }
}
