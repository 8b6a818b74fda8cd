package palomar.imap;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import palomar.imap.proto.AnnotationKey;
import palomar.imap.proto.ResponseCode;
import palomar.message.Digest;
import palomar.storage.NamedValues;

/// What annotations a client may give to messages. RFC 5257 3.2.1, 4.1
///
/// Only entries of the RFC and of vendors are taken: others could mean something else one day.
final class NoteRules {
    private static final Set<String> PART_FLAGS =
            Set.of("flags/seen", "flags/answered", "flags/flagged", "flags/forwarded");
    private static final String VENDOR = "vendor/";

    private final int largest;
    private final int most;

    NoteRules(AccountSettings settings) {
        this.largest = settings.largestAnnotation();
        this.most = settings.mostAnnotations();
    }

    static Reply tooBig() {
        return Reply.no(ResponseCode.Plain.ANNOTATE_TOOBIG, "the value is too long");
    }

    /// Why these values can't be given to any message.
    Optional<Reply> refusal(Map<AnnotationKey, Optional<byte[]>> values) {
        for (Map.Entry<AnnotationKey, Optional<byte[]>> each : values.entrySet()) {
            String entry = each.getKey().entry();
            byte[] value = each.getValue().orElse(null);
            if (!isKnown(entry)) {
                return Optional.of(Reply.no(
                        ResponseCode.Plain.CANNOT, "only /comment, /altsubject, /vendor/... and those of parts"));
            }
            if (value != null && value.length > largest) {
                return Optional.of(tooBig());
            }
            if (value != null && isFlag(entry) && !isBit(value)) {
                return Optional.of(Reply.no(ResponseCode.Plain.CANNOT, "a flag of a part is 1, 0 or NIL"));
            }
        }
        return Optional.empty();
    }

    private static boolean isKnown(String entry) {
        boolean ofPart = MessageNotes.part(entry).isPresent();
        String rest = ofPart ? entry.substring(Math.max(entry.indexOf('/', 1), 0) + 1) : entry.substring(1);
        boolean vendor = rest.startsWith(VENDOR) && rest.length() > VENDOR.length();
        if (rest.equals("comment") || vendor) {
            return true;
        }
        return ofPart ? PART_FLAGS.contains(rest) : rest.equals("altsubject");
    }

    private static boolean isFlag(String entry) {
        return MessageNotes.part(entry).isPresent() && PART_FLAGS.contains(entry.substring(entry.indexOf('/', 1) + 1));
    }

    private static boolean isBit(byte[] value) {
        return value.length == 1 && (value[0] == '0' || value[0] == '1');
    }

    /// Would a message that has `before` have too many entries?
    boolean tooMany(NamedValues before, Map<AnnotationKey, Optional<byte[]>> values) {
        NamedValues after = before.with(changes(values));
        int count = MessageNotes.entries(after).size();
        return count > most && count > MessageNotes.entries(before).size();
    }

    static Reply tooMany() {
        return Reply.no(ResponseCode.Plain.ANNOTATE_TOOMANY, "the message has too many annotations");
    }

    /// The values as the store names them.
    static Map<String, Optional<byte[]>> changes(Map<AnnotationKey, Optional<byte[]>> values) {
        Map<String, Optional<byte[]>> changes = new TreeMap<>();
        values.forEach((key, value) -> changes.put(MessageNotes.name(key), value));
        return changes;
    }

    static Set<String> entries(Map<AnnotationKey, Optional<byte[]>> values) {
        Set<String> entries = new LinkedHashSet<>();
        values.keySet().forEach(key -> entries.add(key.entry()));
        return entries;
    }

    static boolean nameParts(Collection<String> entries) {
        return entries.stream().anyMatch(entry -> MessageNotes.part(entry).isPresent());
    }

    /// @throws BadArgument when an entry is about a part that the message does not have. RFC 5257 3.2.1
    static void requireParts(Digest digest, Collection<String> entries) {
        for (String entry : entries) {
            Optional<int[]> part = MessageNotes.part(entry);
            if (part.isPresent() && digest.part(part.get()).isEmpty()) {
                throw new BadArgument("a message has no such part as " + entry);
            }
        }
    }

    /// What is compared with other texts: UTF-8, as all registered entries have it.
    static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
