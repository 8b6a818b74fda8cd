package palomar.managesieve;

import java.io.IOException;
import java.util.List;
import palomar.managesieve.proto.ResponseWriter;

/// The capabilities. RFC 5804 1.7
final class Capabilities {
    private Capabilities() {}

    /// @param mechanisms that may be used on this connection
    /// @param startTls whether STARTTLS would work now
    static void write(
            ResponseWriter out,
            ManageSieveSettings settings,
            ScriptCheck.Abilities abilities,
            List<String> mechanisms,
            boolean startTls,
            State state)
            throws IOException {
        out.capability("IMPLEMENTATION", settings.implementation());
        out.capability("SASL", String.join(" ", mechanisms));
        out.capability("SIEVE", String.join(" ", abilities.extensions()));
        if (!abilities.notifications().isEmpty()) {
            out.capability("NOTIFY", String.join(" ", abilities.notifications()));
        }
        if (!abilities.lists().isEmpty()) {
            out.capability("EXTLISTS", String.join(" ", abilities.lists()));
        }
        if (abilities.redirects().isPresent()) {
            out.capability(
                    "MAXREDIRECTS", Integer.toString(abilities.redirects().getAsInt()));
        }
        if (startTls) {
            out.capability("STARTTLS");
        }
        out.capability("LANGUAGE", "en");
        if (settings.unauthenticate()) {
            out.capability("UNAUTHENTICATE");
        }
        if (state instanceof State.User user) {
            out.capability("OWNER", user.owner().user());
        }
        out.capability("VERSION", "1.0");
    }
}
