package palomar.server;

import java.time.InstantSource;
import java.util.List;
import palomar.net.SelfSigned;
import palomar.net.TlsSettings;
import palomar.net.TlsSettingsException;

/// The certificates in force: those of the configuration or, without any, one that Palomar made for itself.
final class Certificates {
    private Certificates() {}

    static TlsSettings of(Plan plan, DataFolder folder, InstantSource clock) throws TlsSettingsException {
        if (!plan.settings().tls().certificate().isEmpty()) {
            return NetSettings.tls(plan.settings().tls());
        }
        TlsSettings made = SelfSigned.create(folder.folder("tls"), List.of(HostName.of(plan.settings())), clock);
        return NetSettings.tls(plan.settings().tls(), made.certificates());
    }
}
