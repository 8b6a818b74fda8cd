package palomar.smtp.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import palomar.smtp.proto.SmtpPath;

/// Where something goes that is no mail: it is posted to an address of the web.
///
/// @param target `https://HOST...` in ASCII, up to 2000 characters, without a user name in it
/// @param user who is told when it fails for good
/// @param named the operator named this host: it may be one of his own network
public record Webhook(URI target, String user, boolean named) {
    private static final int LONGEST = 2000;
    private static final int LONGEST_HOST = 255;
    private static final int LONGEST_USER = 1000;
    private static final int USUAL_PORT = 443;

    public Webhook {
        String host = target.getHost();
        boolean fits = "https".equalsIgnoreCase(target.getScheme())
                && host != null
                && !host.isEmpty()
                && host.length() <= LONGEST_HOST
                && target.getRawUserInfo() == null
                && target.getPort() <= 0xffff
                && target.getPort() != 0
                && target.toString().length() <= LONGEST
                && target.toString().chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (!fits || user.length() > LONGEST_USER) {
            throw new IllegalArgumentException("nothing can be posted there");
        }
    }

    /// Empty when nothing can be posted there. Letters beyond ASCII in the path become escapes.
    public static Optional<Webhook> of(String uri, String user, boolean named) {
        try {
            return Optional.of(new Webhook(new URI(new URI(uri).toASCIIString()), user, named));
        } catch (URISyntaxException | IllegalArgumentException bad) {
            return Optional.empty();
        }
    }

    /// In small letters; an address of IPv6 has its brackets.
    public String host() {
        return target.getHost().toLowerCase(Locale.ROOT);
    }

    public int port() {
        return target.getPort() < 0 ? USUAL_PORT : target.getPort();
    }

    /// What stands in the queue: from nobody to `webhook@HOST`, with no wish for reports. The rest of the URI may
    /// be a secret and is not shown.
    public Envelope envelope() {
        EnvelopeRecipient to =
                new EnvelopeRecipient(new SmtpPath("webhook", host()), Set.of(Notify.NEVER), Optional.empty());
        EnvelopeOptions options =
                new EnvelopeOptions(Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.of(this));
        return new Envelope(SmtpPath.NULL, List.of(to), options);
    }
}
