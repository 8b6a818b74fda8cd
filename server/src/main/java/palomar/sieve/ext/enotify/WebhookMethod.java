package palomar.sieve.ext.enotify;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import palomar.sieve.Run;

/// Notifications as HTTPS requests to the hosts of [WebhookHosts].
final class WebhookMethod implements NotifyMethod {
    private static final int LONGEST_HOST = 255;
    private static final int LONGEST = 2000;

    @Override
    public Optional<String> wrong(String uri) {
        try {
            URI parsed = new URI(uri);
            if (parsed.getHost() == null || parsed.getHost().isEmpty()) {
                return Optional.of("it names no host");
            }
            if (parsed.getHost().length() > LONGEST_HOST) {
                return Optional.of("its host is longer than " + LONGEST_HOST + " characters");
            }
            if (parsed.getPort() == 0 || parsed.getPort() > 0xffff) {
                return Optional.of("it has no valid port");
            }
            if (parsed.toASCIIString().length() > LONGEST) {
                return Optional.of("it is longer than " + LONGEST + " characters");
            }
            return parsed.getRawUserInfo() == null ? Optional.empty() : Optional.of("it has a user name in it");
        } catch (URISyntaxException e) {
            return Optional.of("it is no valid URI");
        }
    }

    @Override
    public Optional<String> refused(Run run, String uri) {
        String host = String.valueOf(URI.create(uri).getHost()).toLowerCase(Locale.ROOT);
        return WebhookHosts.of(run.settings()).allows(host)
                ? Optional.empty()
                : Optional.of("the server allows no notifications to the host " + host);
    }
}
