package palomar.imap;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import palomar.mail.MailboxName;
import palomar.storage.Attributes;
import palomar.storage.UserMail;

/// The annotations of one mailbox, or of the server as one user sees it, those among them that are computed.
/// Entries are names as `/shared/comment`, in lower case. RFC 5464 3.2
///
/// Private entries of the server are kept with the user; the shared ones come from the configuration or are kept
/// with the user who sets them.
final class Annotations {
    /// Before an entry: its name in [Attributes].
    static final String PREFIX = "metadata";

    private static final String SHARED = "/shared";

    static final String SERVER_COMMENT = "/shared/comment";
    static final String SERVER_ADMIN = "/shared/admin";

    private final Attributes attributes;
    /// Of the entries below `/shared`.
    private final @Nullable Attributes shared;

    private final SortedMap<String, byte[]> computed = new TreeMap<>();

    private Annotations(Attributes attributes, @Nullable Attributes shared) {
        this.attributes = attributes;
        this.shared = shared;
    }

    static Annotations ofMailbox(UserMail mail, UserMail.Entry entry) {
        Attributes attributes = mail.attributes(entry.id());
        Annotations annotations = new Annotations(attributes, attributes);
        SpecialUses.value(entry.uses()).ifPresent(value -> annotations.computed.put(SpecialUses.ENTRY, value));
        return annotations;
    }

    /// @param shared where the shared ones are kept; null: nowhere
    static Annotations ofServer(UserMail mail, AccountSettings settings, @Nullable Attributes shared) {
        Annotations annotations = new Annotations(mail.attributes(), shared);
        settings.comment().ifPresent(text -> annotations.computed.put(SERVER_COMMENT, utf8(text)));
        settings.admin().ifPresent(text -> annotations.computed.put(SERVER_ADMIN, utf8(text)));
        return annotations;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    Attributes attributes() {
        return attributes;
    }

    Optional<byte[]> get(String entry) {
        byte @Nullable [] here = computed.get(entry);
        if (here != null) {
            return Optional.of(here);
        }
        Attributes kept = isShared(entry) ? shared : attributes;
        return kept == null ? Optional.empty() : kept.get(PREFIX + entry);
    }

    private static boolean isShared(String entry) {
        return entry.equals(SHARED) || entry.startsWith(SHARED + "/");
    }

    /// Does the configuration say what it is?
    boolean isComputed(String entry) {
        return computed.containsKey(entry);
    }

    /// Entries below `entry`, not itself.
    SortedMap<String, byte[]> below(String entry) {
        SortedMap<String, byte[]> found = new TreeMap<>();
        addBelow(entry, attributes, found);
        if (shared != null && shared != attributes) {
            addBelow(entry, shared, found);
        }
        computed.forEach((name, value) -> {
            if (name.startsWith(entry + "/")) {
                found.put(name, value);
            }
        });
        return found;
    }

    private void addBelow(String entry, Attributes kept, SortedMap<String, byte[]> found) {
        kept.under(PREFIX + entry + "/").forEach((stored, value) -> {
            String name = stored.substring(PREFIX.length());
            if (kept == (isShared(name) ? shared : attributes)) {
                found.put(name, value);
            }
        });
    }

    /// All entries.
    SortedMap<String, byte[]> all() {
        return below("");
    }

    /// The new mailbox of a renamed INBOX gets the annotations which INBOX keeps. RFC 5464 4.1
    static void copy(UserMail mail, MailboxName from, MailboxName to) {
        Optional<UserMail.Entry> source = mail.find(from);
        Optional<UserMail.Entry> target = mail.find(to);
        if (source.isPresent() && target.isPresent()) {
            Map<String, Optional<byte[]>> values = new TreeMap<>();
            mail.attributes(source.get().id())
                    .under(PREFIX + "/")
                    .forEach((name, value) -> values.put(name, Optional.of(value)));
            mail.attributes(target.get().id()).change(values);
        }
    }

    /// Names of the entries that are stored.
    Set<String> stored() {
        return attributes.under(PREFIX + "/").keySet();
    }
}
