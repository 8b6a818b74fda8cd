package palomar.sieve.ext.editheader;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import palomar.sieve.Run;
import palomar.sieve.Settings;

/// Which header fields scripts may not touch: what they try on them is ignored without a word. RFC 5293 6
///
/// Settings: `sieve_editheader_header` names groups, each with `sieve_editheader_header/GROUP/name` (else the
/// group's name is the field's), `/forbid_add` and `/forbid_delete`; or the lists `sieve_editheader_protected`,
/// `sieve_editheader_forbid_add` and `sieve_editheader_forbid_delete`.
final class ProtectedFields {
    private static final String GROUPS = "sieve_editheader_header";
    /// RFC 5293 6: no setting may protect it.
    private static final String SUBJECT = "subject";

    private final Set<String> fromAdding = new HashSet<>();
    private final Set<String> fromDeleting = new HashSet<>(List.of("received", "auto-submitted"));

    static ProtectedFields of(Run run) {
        return new ProtectedFields(run.settings());
    }

    ProtectedFields(Settings settings) {
        for (String group : settings.list(GROUPS)) {
            String path = GROUPS + "/" + group + "/";
            String name = lower(settings.get(path + "name").orElse(group).strip());
            protect(name, settings.flag(path + "forbid_add", false), settings.flag(path + "forbid_delete", false));
        }
        settings.list("sieve_editheader_protected").forEach(name -> protect(lower(name), true, true));
        settings.list("sieve_editheader_forbid_add").forEach(name -> protect(lower(name), true, false));
        settings.list("sieve_editheader_forbid_delete").forEach(name -> protect(lower(name), false, true));
        fromAdding.remove(SUBJECT);
        fromDeleting.remove(SUBJECT);
    }

    private void protect(String name, boolean adding, boolean deleting) {
        if (adding) {
            fromAdding.add(name);
        }
        if (deleting) {
            fromDeleting.add(name);
        }
    }

    boolean mayAdd(String name) {
        return !fromAdding.contains(lower(name));
    }

    boolean mayDelete(String name) {
        return !fromDeleting.contains(lower(name));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
