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
/// Private entries of the server are kept with the user; the shared ones come from the configuration.
final class Annotations {
    /// Before an entry: its name in [Attributes].
    static final String PREFIX = "metadata";

    static final String SERVER_COMMENT = "/shared/comment";
    static final String SERVER_ADMIN = "/shared/admin";

    private final Attributes attributes;
    private final SortedMap<String, byte[]> computed = new TreeMap<>();

    private Annotations(Attributes attributes) {
        this.attributes = attributes;
    }

    static Annotations ofMailbox(UserMail mail, UserMail.Entry entry) {
        Annotations annotations = new Annotations(mail.attributes(entry.id()));
        SpecialUses.value(entry.uses()).ifPresent(value -> annotations.computed.put(SpecialUses.ENTRY, value));
        return annotations;
    }

    static Annotations ofServer(UserMail mail, AccountSettings settings) {
        Annotations annotations = new Annotations(mail.attributes());
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
        return here != null ? Optional.of(here) : attributes.get(PREFIX + entry);
    }

    /// Entries below `entry`, not itself.
    SortedMap<String, byte[]> below(String entry) {
        SortedMap<String, byte[]> found = new TreeMap<>();
        String start = PREFIX + entry + "/";
        attributes.under(start).forEach((name, value) -> found.put(name.substring(PREFIX.length()), value));
        computed.forEach((name, value) -> {
            if (name.startsWith(entry + "/")) {
                found.put(name, value);
            }
        });
        return found;
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
