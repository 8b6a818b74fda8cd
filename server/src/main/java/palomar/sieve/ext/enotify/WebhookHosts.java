package palomar.sieve.ext.enotify;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import palomar.sieve.Settings;

/// Where notifications may be posted to, by the setting `sieve_notify_https_hosts`: hosts divided by blanks; `*`:
/// any host of the public Internet. Not set: nowhere, since a script must not reach into the operator's own
/// network.
///
/// @param names hosts that are named, in small letters; they may be anywhere
public record WebhookHosts(boolean any, Set<String> names) {
    public static final String SETTING = "sieve_notify_https_hosts";

    public WebhookHosts {
        names = Set.copyOf(names);
    }

    public static WebhookHosts of(Settings settings) {
        List<String> words = settings.list(SETTING);
        Set<String> names = new HashSet<>();
        for (String word : words) {
            if (!word.equals("*")) {
                names.add(word.toLowerCase(Locale.ROOT));
            }
        }
        return new WebhookHosts(words.contains("*"), names);
    }

    /// None at all.
    public boolean isEmpty() {
        return !any && names.isEmpty();
    }

    public boolean allows(String host) {
        return any || names(host);
    }

    /// Its operator knows what it is.
    public boolean names(String host) {
        return names.contains(host.toLowerCase(Locale.ROOT));
    }
}
