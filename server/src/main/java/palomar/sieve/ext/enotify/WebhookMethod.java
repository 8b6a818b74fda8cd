package palomar.sieve.ext.enotify;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import palomar.sieve.Run;

/// Notifications as HTTPS requests to hosts that the operator names in the setting `sieve_notify_https_hosts`
/// (separated by blanks; `*` alone: any). Without that setting there are none: a script must not reach into the
/// operator's own network.
final class WebhookMethod implements NotifyMethod {
    @Override
    public Optional<String> wrong(String uri) {
        try {
            URI parsed = new URI(uri);
            if (parsed.getHost() == null || parsed.getHost().isEmpty()) {
                return Optional.of("it names no host");
            }
            return parsed.getRawUserInfo() == null ? Optional.empty() : Optional.of("it has a user name in it");
        } catch (URISyntaxException e) {
            return Optional.of("it is no valid URI");
        }
    }

    @Override
    public Optional<String> refused(Run run, String uri) {
        List<String> hosts = run.settings().list("sieve_notify_https_hosts");
        String host = String.valueOf(URI.create(uri).getHost()).toLowerCase(Locale.ROOT);
        boolean allowed = hosts.contains("*") || hosts.stream().anyMatch(host::equalsIgnoreCase);
        return allowed ? Optional.empty() : Optional.of("the server allows no notifications to the host " + host);
    }
}
