package palomar.config;

import java.time.Duration;

/// `[managesieve]`
public record ManageSieveSection(
        @Setting(
                doc = "How long a session may be silent. RFC 5804 1.2 asks for at least 30 minutes.",
                value = "30m",
                min = "30m",
                max = "7d")
        Duration idleTimeout,

        @Setting(
                doc =
                        "Offer UNAUTHENTICATE (RFC 5804 2.14.1): log in as another user in the same connection. Switch it off"
                                + " behind a proxy that looks at logins only.",
                value = "true")
        boolean unauthenticate) {}
