package palomar.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import palomar.config.PalomarSettings;

/// What this server calls itself.
final class HostName {
    private HostName() {}

    static String of(PalomarSettings settings) {
        return settings.server().name().orElseGet(HostName::ofSystem);
    }

    private static String ofSystem() {
        try {
            return InetAddress.getLocalHost().getCanonicalHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
